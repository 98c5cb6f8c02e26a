import type { FlagRow } from '@watchfloor/contracts';

/** What the place in the queue depends on. */
export type QueuePlace = Pick<FlagRow, 'id' | 'priority' | 'raisedAt' | 'dueAt'>;

/**
 * Which flag is answered first: the more urgent; of these the one that is due sooner (one with a time before one without);
 * then the older; then by id, so that everybody sees the same order. The server's index keeps the same order.
 *
 * @returns negative when `a` comes first, positive when `b` does, 0 only for the same flag
 */
export function compareInQueue(a: QueuePlace, b: QueuePlace): number {
  return (
    compare(a.priority, b.priority) ||
    // '~' sorts after every digit: no due time comes last.
    compare(a.dueAt ?? '~', b.dueAt ?? '~') ||
    compare(a.raisedAt, b.raisedAt) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
