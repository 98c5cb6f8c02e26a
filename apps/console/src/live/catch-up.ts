import type { RecordPage, ServedEntry } from '@watchfloor/contracts';

/** Asks for entries after a number; the server answers with at most a page of them. */
export type FetchRecord = (after: number, limit: number) => Promise<Pick<RecordPage, 'items' | 'head'>>;

const pageSize = 1_000;

/**
 * Reads the record from `after` to the head as it is when the last page comes, page by page.
 *
 * @throws RangeError when the server leaves out a number: the record is dense, so something between us is broken
 */
export async function catchUp(
  after: number,
  fetchRecord: FetchRecord,
  take: (entries: readonly ServedEntry[]) => void,
): Promise<number> {
  let cursor = after;
  for (;;) {
    const { items, head } = await fetchRecord(cursor, pageSize);
    for (const [index, entry] of items.entries()) {
      if (entry.number !== cursor + 1 + index) {
        throw new RangeError(`The record skips from ${String(cursor + index)} to ${String(entry.number)}`);
      }
    }
    take(items);
    cursor += items.length;
    if (cursor >= head || items.length === 0) {
      return cursor;
    }
  }
}
