import type { Answer, Flag, VerdictKind } from '@watchfloor/contracts';

/**
 * Where an answer stands: `sending` (under way), `waiting` (no connection; tried again), `recorded` (stored; its number
 * in the record follows), `undoing`, `undone`, `refused` (not stored, and why).
 */
export type Standing =
  | { readonly is: 'sending' }
  | { readonly is: 'waiting'; readonly because: string }
  | {
      readonly is: 'recorded';
      readonly version: number;
      readonly number: number | null;
      readonly undoUntil: string | null;
      /** Why the last attempt to undo failed. */
      readonly trouble: string | null;
    }
  | { readonly is: 'undoing'; readonly version: number }
  | { readonly is: 'undone' }
  | { readonly is: 'refused'; readonly because: string };

/** One answer that left the screen, with all that the screen showed when the key went down. */
export interface Sent {
  readonly key: string;
  readonly flagId: string;
  readonly stream: string;
  /** Person who answered; nobody else's session delivers it. */
  readonly by: string;
  readonly answer: Answer;
  /** Null for a blind answer. */
  readonly verdict: VerdictKind | null;
  /** The answer in words: "7 instead of 1". */
  readonly words: string;
  readonly answeredAtMs: number;
  readonly attempts: number;
  /** `z` was pressed before the server had answered. */
  readonly wantsUndo: boolean;
  readonly standing: Standing;
}

export type Outbox = readonly Sent[];

/** Finished answers are kept for the tray; open ones are never dropped. */
const keptSettled = 20;

export type OutboxEvent =
  | { readonly is: 'answered'; readonly sent: Omit<Sent, 'attempts' | 'standing' | 'wantsUndo'> }
  | { readonly is: 'tried'; readonly key: string }
  | { readonly is: 'unreachable'; readonly key: string; readonly because: string }
  | { readonly is: 'stored'; readonly key: string; readonly flag: Flag }
  | { readonly is: 'refused'; readonly key: string; readonly because: string }
  | { readonly is: 'numbered'; readonly flagId: string; readonly version: number; readonly number: number }
  | { readonly is: 'undo-asked'; readonly key: string }
  | { readonly is: 'undone'; readonly key: string }
  | { readonly is: 'undo-refused'; readonly key: string; readonly flag: Flag | null; readonly because: string }
  | { readonly is: 'dismissed'; readonly key: string };

/** What an event does to the answers under way, newest last. An event about an unknown answer changes nothing. */
export function outboxAfter(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.is) {
    case 'answered':
      return trimmed([...outbox, { ...event.sent, attempts: 0, wantsUndo: false, standing: { is: 'sending' } }]);
    case 'tried':
      return changed(outbox, event.key, (sent) => ({
        ...sent,
        attempts: sent.attempts + 1,
        standing: isOpen(sent) ? { is: 'sending' } : sent.standing,
      }));
    case 'unreachable':
      return changed(outbox, event.key, (sent) =>
        isOpen(sent) ? { ...sent, standing: { is: 'waiting', because: event.because } } : sent,
      );
    case 'stored':
      return changed(outbox, event.key, (sent) => ({ ...sent, standing: recorded(event.flag) }));
    case 'refused':
      return changed(outbox, event.key, (sent) => ({ ...sent, standing: { is: 'refused', because: event.because } }));
    case 'numbered':
      return outbox.map((sent) => numbered(sent, event));
    case 'undo-asked':
      return changed(outbox, event.key, undoAsked);
    case 'undone':
      return changed(outbox, event.key, (sent) => ({ ...sent, standing: { is: 'undone' } }));
    case 'undo-refused':
      return changed(outbox, event.key, (sent) => ({ ...sent, wantsUndo: false, standing: notUndone(sent, event) }));
    case 'dismissed':
      return outbox.filter((sent) => sent.key !== event.key || isOpen(sent));
  }
}

/** Not known to be stored, nor known to be refused. */
export function isOpen(sent: Sent): boolean {
  return sent.standing.is === 'sending' || sent.standing.is === 'waiting';
}

/** The answer that `z` takes back: the newest, while the time for it lasts. */
export function undoable(outbox: Outbox, nowMs: number): Sent | undefined {
  const sent = outbox.findLast(({ standing }) => standing.is !== 'undone' && standing.is !== 'refused');
  if (sent === undefined || sent.standing.is === 'undoing' || sent.wantsUndo) {
    return undefined;
  }
  const { standing } = sent;
  return standing.is !== 'recorded' || (standing.undoUntil !== null && Date.parse(standing.undoUntil) > nowMs)
    ? sent
    : undefined;
}

/**
 * Whether the flag already carries this very answer: the server had stored it, and only its word got lost on the way.
 * Without this a lost reply would be shown to its sender as a conflict with themselves.
 */
export function isDelivered(sent: Sent, flag: Flag): boolean {
  const standing = flag.verdicts.findLast((verdict) => verdict.undoneAt === undefined);
  return (
    sent.attempts > 1 &&
    standing?.by.id === sent.by &&
    (sent.verdict === null || standing.verdict === sent.verdict) &&
    standing.label === (sent.answer.label ?? standing.label) &&
    standing.value === (sent.answer.value ?? standing.value) &&
    standing.reason === sent.answer.reason
  );
}

/** How long to wait before the next attempt, by how many there were: 1 s, doubling to 15 s. */
export function retryAfterMs(attempts: number): number {
  return Math.min(15_000, 1_000 * 2 ** Math.max(0, Math.min(attempts - 1, 10)));
}

function recorded(flag: Flag): Standing {
  return { is: 'recorded', version: flag.version, number: null, undoUntil: flag.undoUntil ?? null, trouble: null };
}

function numbered(sent: Sent, event: { flagId: string; version: number; number: number }): Sent {
  const { standing } = sent;
  return standing.is === 'recorded' && sent.flagId === event.flagId && standing.version === event.version
    ? { ...sent, standing: { ...standing, number: event.number } }
    : sent;
}

function undoAsked(sent: Sent): Sent {
  if (sent.standing.is === 'recorded') {
    return { ...sent, wantsUndo: true, standing: { is: 'undoing', version: sent.standing.version } };
  }
  return isOpen(sent) ? { ...sent, wantsUndo: true } : sent;
}

function notUndone(sent: Sent, event: { flag: Flag | null; because: string }): Standing {
  const version = event.flag?.version ?? (sent.standing.is === 'undoing' ? sent.standing.version : sent.answer.version);
  return { is: 'recorded', version, number: null, undoUntil: null, trouble: event.because };
}

function changed(outbox: Outbox, key: string, change: (sent: Sent) => Sent): Outbox {
  return outbox.map((sent) => (sent.key === key ? change(sent) : sent));
}

function trimmed(outbox: Outbox): Outbox {
  const spare = outbox.filter((sent) => !mustStay(sent)).length - keptSettled;
  if (spare <= 0) {
    return outbox;
  }
  const dropped = new Set(
    outbox
      .filter((sent) => !mustStay(sent))
      .slice(0, spare)
      .map(({ key }) => key),
  );
  return outbox.filter(({ key }) => !dropped.has(key));
}

/** An open answer is somebody's work, a refusal somebody's question: neither goes unseen. */
function mustStay(sent: Sent): boolean {
  return isOpen(sent) || sent.standing.is === 'undoing' || sent.standing.is === 'refused';
}
