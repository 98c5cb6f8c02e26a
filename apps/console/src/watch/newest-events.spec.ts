import { describe, expect, it } from '@jest/globals';
import type { RecordEntry } from '@watchfloor/contracts';
import { newestEvents } from './newest-events.ts';

const flag = (last: number) => `aaaaaaaa-0000-4000-8000-00000000000${last}`;

function anEntry(number: number, kind: RecordEntry['kind'], flagId: string | null, stream: string | null = 'digits') {
  return { number, kind, stream, flagId, data: { version: 1 } } as RecordEntry;
}

describe('the last events', () => {
  it('are the newest about streams, and of a growing flag only the last word', () => {
    const entries = [
      anEntry(9, 'flag-joined', flag(1)),
      anEntry(8, 'flag-joined', flag(2)),
      anEntry(7, 'flag-joined', flag(1)),
      anEntry(6, 'person-signed-in', null, null),
      anEntry(5, 'flag-claimed', flag(1)),
      anEntry(4, 'flag-joined', flag(2)),
      anEntry(3, 'flag-raised', flag(1)),
      anEntry(2, 'stream-registered', null),
    ];
    expect(newestEvents(entries, 8).map(({ number }) => number)).toEqual([9, 8, 5, 3, 2]);
    expect(newestEvents(entries, 2).map(({ number }) => number)).toEqual([9, 8]);
  });
});
