import { describe, expect, it } from '@jest/globals';
import type { RecordEntry } from '@watchfloor/contracts';
import { fateIn } from './verdict-fate.ts';

function entry(number: number, kind: RecordEntry['kind'], data: object): RecordEntry {
  return { number, kind, data, at: '2026-10-31T12:00:00.000Z', actorName: 'Ada' } as unknown as RecordEntry;
}

const raised = entry(1, 'flag-raised', {});
const first = entry(2, 'flag-settled', { verdictId: 'a' });
const undone = entry(3, 'verdict-undone', { verdictId: 'a' });
const second = entry(4, 'flag-settled', { verdictId: 'b' });
const third = entry(5, 'verdict-superseded', { verdictId: 'c', supersedes: 'b' });
const life = [raised, first, undone, second, third];

describe('what became of a verdict', () => {
  it.each<[string, RecordEntry, object | null]>([
    ['taken back', first, { words: 'taken back in', number: 3 }],
    ['an undo', undone, { words: 'takes back', number: 2 }],
    ['replaced', second, { words: 'replaced in', number: 5 }],
    ['a correction', third, { words: 'replaces', number: 4 }],
    ['something else', raised, null],
  ])('%s', (_, of, fate) => {
    expect(fateIn(life, of)).toEqual(fate);
  });

  it('is not made up where the other entry is not known', () => {
    expect(fateIn([third], third)).toBeNull();
    expect(fateIn([undone], undone)).toBeNull();
  });
});
