import type { Answer, Flag, ReasonCode, VerdictKind } from '@watchfloor/contracts';

/** What a person says is true of the subject. */
export type Pick =
  | { readonly label: string }
  | { readonly value: number }
  /** Of a window: all right, or not. */
  | { readonly verdict: VerdictKind };

/** An answer in the making. It belongs to one flag and dies with it. */
export interface Draft {
  readonly flagId: string;
  readonly pick: Pick | null;
  /** What the pick amounts to against the model, as the server will derive it. */
  readonly verdict: VerdictKind | null;
  readonly reason: ReasonCode | null;
  readonly note: string;
}

/** What the answer still lacks; with `nothing` it may be sent. */
export type Need = 'pick' | 'reason' | 'note' | 'enter' | 'nothing';

export function emptyDraft(flagId: string): Draft {
  return { flagId, pick: null, verdict: null, reason: null, note: '' };
}

/** A new pick asks for its own reason; the note stays, it is about the case. */
export function withPick(draft: Draft, pick: Pick, verdict: VerdictKind | null): Draft {
  return { ...draft, pick, verdict, reason: null };
}

/** A reason is given for overriding only; a confirmation keeps none. */
export function withReason(draft: Draft, reason: ReasonCode): Draft {
  return draft.verdict === 'overridden' ? { ...draft, reason } : draft;
}

/** One step back: from the reason to the pick, from the pick to nothing. */
export function backFrom(draft: Draft): Draft {
  return draft.reason === null ? { ...draft, pick: null, verdict: null } : { ...draft, reason: null };
}

/**
 * What the person does next. Friction goes by consequence: a P1 flag wants Enter whichever way the answer goes, every
 * other flag is done with its last choice.
 */
export function needOf(draft: Draft, priority: Flag['priority']): Need {
  if (draft.pick === null) {
    return 'pick';
  }
  if (draft.verdict === 'overridden' && draft.reason === null) {
    return 'reason';
  }
  if (draft.reason === 'other' && draft.note.trim() === '') {
    return 'note';
  }
  return priority === 'P1' ? 'enter' : 'nothing';
}

/** The body of the verdict; `undefined` while something but Enter is lacking. */
export function answerOf(
  draft: Draft,
  on: { readonly version: number; readonly token?: string | undefined; readonly priority: Flag['priority'] },
): Answer | undefined {
  const need = needOf(draft, on.priority);
  if (draft.pick === null || (need !== 'nothing' && need !== 'enter')) {
    return undefined;
  }
  const note = draft.note.trim();
  return {
    version: on.version,
    ...draft.pick,
    ...(on.token === undefined ? {} : { claim: on.token }),
    ...(draft.reason === null ? {} : { reason: draft.reason }),
    ...(note === '' ? {} : { note }),
  };
}
