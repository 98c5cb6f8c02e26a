import type { EntryBody, Instant, ReasonCode, VerdictKind } from '@watchfloor/contracts';
import { entryData } from '@watchfloor/contracts';
import { leafOf } from '@watchfloor/ledger';
import { v7 } from 'uuid';
import type { EntryDraft, SealedEntry } from './entry-draft.ts';
import { wellFormed } from './well-formed.ts';

/**
 * Makes a draft into what is stored for good: checks its data, gives it an id and an instant, writes it down canonically
 * and hashes it.
 *
 * @throws ZodError when the data is not what the kind holds, RangeError when the entry is longer than 65,535 bytes, which the bounds of the contracts keep it from; both
 *   are a programmer's mistakes, and an entry is not forgiven them, because it cannot be mended later
 */
export function sealEntry(draft: EntryDraft, at: Instant): SealedEntry {
  const body = {
    id: v7({ msecs: Date.parse(at) }),
    at,
    kind: draft.kind,
    stream: draft.stream,
    flagId: draft.flagId,
    actor: draft.actor,
    data: entryData[draft.kind].parse(wellFormed(draft.data)),
  } as EntryBody;
  const { canonical, hash } = leafOf(body);
  return {
    id: body.id,
    canonical,
    leafHash: hash,
    kind: body.kind,
    stream: body.stream,
    flagId: body.flagId,
    personId: body.actor.kind === 'person' ? body.actor.id : null,
    ...answerOf(body),
  };
}

function answerOf(body: EntryBody): { verdict: VerdictKind | null; reason: ReasonCode | null } {
  if (body.kind !== 'flag-settled' && body.kind !== 'verdict-superseded') return { verdict: null, reason: null };
  return { verdict: body.data.verdict, reason: body.data.reason ?? null };
}
