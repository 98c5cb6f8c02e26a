import { describe, expect, it } from '@jest/globals';
import type { EntryKind, FlagRow, Priority, RecordEntry, ServedEntry } from '@watchfloor/contracts';
import fc from 'fast-check';
import { floorCounts, oldestOpenAt, sumOf, worstOf } from './counts.ts';
import { emptyLive, isUnanswered, noCounts, reduce } from './reduce.ts';
import type { LiveState } from './reduce.ts';

const ito = { id: '018f0000-0000-7000-8000-00000000000a', name: 'M. Ito' };

function flagId(number: number): string {
  return `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

function aRow(number: number, priority: Priority = 'P3'): FlagRow {
  return {
    id: flagId(number),
    version: 1,
    stream: 'digits',
    state: 'open',
    priority,
    raisedAt: `2026-11-22T06:00:0${String(number % 10)}.000Z`,
    subjectKind: 'prediction',
    predictionId: `p${String(number)}`,
    kinds: ['low-confidence'],
    reason: 'confidence .41 below .60',
  };
}

/** An entry as served; `data` is checked by the kind. */
function anEntry<Kind extends EntryKind>(
  number: number,
  kind: Kind,
  data: RecordEntry<Kind>['data'],
  flag: string | null = null,
): ServedEntry {
  return {
    number,
    id: flagId(900_000 + number),
    at: '2026-11-22T06:00:00.000Z',
    kind,
    stream: 'digits',
    flagId: flag,
    actor: { kind: 'person', id: ito.id },
    actorName: ito.name,
    leafHash: '00'.repeat(32),
    data,
  };
}

const raised = (number: number, flag: FlagRow) => anEntry(number, 'flag-raised', { flag, policyVersion: 1 }, flag.id);
const withDigits = reduce(emptyLive, anEntry(1, 'stream-registered', { task: 'label', policyVersion: 1 }));

function play(...entries: readonly ServedEntry[]): LiveState {
  return entries.reduce(reduce, withDigits);
}

const verdict = {
  verdictId: flagId(7),
  verdict: 'overridden' as const,
  label: '7',
  modelLabel: '1',
  policyVersion: 1,
};

describe('the floor as a fold over the record', () => {
  it('counts a raised flag under its stream and priority', () => {
    const state = play(raised(2, aRow(1, 'P1')), raised(3, aRow(2, 'P3')));
    expect(state.streams.get('digits')?.open).toEqual({ P1: 1, P2: 0, P3: 1, P4: 0 });
    expect(worstOf(floorCounts(state))).toBe('P1');
    expect(oldestOpenAt(state)).toBe('2026-11-22T06:00:01.000Z');
  });

  it('moves only the cursor for an entry that one may not read', () => {
    const state = play({ number: 2 });
    expect(state).toEqual({ ...withDigits, cursor: 2 });
  });

  it('takes the same entry once', () => {
    const once = play(raised(2, aRow(1)));
    expect(reduce(once, raised(2, aRow(1)))).toBe(once);
  });

  it('follows a flag through claim, verdict and undo', () => {
    const id = flagId(1);
    const claimed = play(
      raised(2, aRow(1, 'P2')),
      anEntry(3, 'flag-claimed', { version: 2, expiresAt: '2026-11-22T06:02:00.000Z' }, id),
    );
    expect(claimed.flags.get(id)).toMatchObject({ state: 'claimed', claim: { by: ito } });
    expect(oldestOpenAt(claimed)).toBeNull();

    const settled = reduce(claimed, anEntry(4, 'flag-settled', { version: 3, ...verdict }, id));
    expect(settled.flags.get(id)).toMatchObject({ state: 'settled', verdict: { kind: 'overridden', by: ito } });
    expect(settled.flags.get(id)).not.toHaveProperty('claim');
    expect(floorCounts(settled)).toEqual(noCounts);

    const undone = reduce(settled, anEntry(5, 'verdict-undone', { version: 4, verdictId: verdict.verdictId }, id));
    expect(undone.flags.get(id)).toMatchObject({ state: 'claimed', claim: { by: ito } });
    expect(undone.flags.get(id)).not.toHaveProperty('verdict');
    expect(floorCounts(undone).P2).toBe(1);
  });

  it('moves the count when a flag is escalated, and frees it for others', () => {
    const state = play(
      raised(2, aRow(1, 'P3')),
      anEntry(3, 'flag-claimed', { version: 2, expiresAt: '2026-11-22T06:02:00.000Z' }, flagId(1)),
      anEntry(4, 'flag-escalated', { version: 3, priority: 'P1' }, flagId(1)),
    );
    expect(floorCounts(state)).toEqual({ ...noCounts, P1: 1 });
    expect(state.flags.get(flagId(1))?.state).toBe('open');
  });

  it('lets a change that a snapshot already showed pass', () => {
    const snapshot = play(raised(2, { ...aRow(1), version: 5 }));
    const later = reduce(snapshot, anEntry(3, 'flag-settled', { version: 4, ...verdict }, flagId(1)));
    expect(later.flags).toBe(snapshot.flags);
  });

  it('doubts its counts when a flag that it does not hold is answered', () => {
    expect(play(anEntry(2, 'flag-settled', { version: 2, ...verdict }, flagId(9))).doubts).toBe(1);
    expect(
      play(anEntry(2, 'flag-commented', { version: 2, commentId: flagId(3), textDigest: '00'.repeat(32) }, flagId(9)))
        .doubts,
    ).toBe(0);
  });

  it('keeps all that wait and a bounded number of those that no longer do', () => {
    let state = withDigits;
    let number = 1;
    for (let flag = 0; flag < 400; flag += 1) {
      state = reduce(state, raised((number += 1), aRow(flag)));
      if (flag % 100 !== 0) {
        state = reduce(state, anEntry((number += 1), 'flag-settled', { version: 2, ...verdict }, flagId(flag)));
      }
    }
    const flags = [...state.flags.values()];
    expect(flags.filter(isUnanswered)).toHaveLength(4);
    expect(flags).toHaveLength(304);
    expect(state.flags.has(flagId(1))).toBe(false);
    expect(state.flags.has(flagId(399))).toBe(true);
    expect(state.latest).toHaveLength(50);
  });

  it('always counts exactly the flags that it holds unanswered, whatever happens to them', () => {
    const acts = fc.array(
      fc.record({
        flag: fc.nat(4),
        act: fc.constantFrom('raise', 'claim', 'release', 'settle', 'undo', 'escalate', 'lapse'),
        priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(acts, (story) => {
        const entries = story.map(({ flag, act, priority }, index): ServedEntry => {
          const number = index + 2;
          const version = index + 2;
          const id = flagId(flag);
          switch (act) {
            case 'raise':
              return raised(number, { ...aRow(flag, priority), version });
            case 'claim':
              return anEntry(number, 'flag-claimed', { version, expiresAt: '2026-11-22T06:02:00.000Z' }, id);
            case 'settle':
              return anEntry(number, 'flag-settled', { version, ...verdict }, id);
            case 'undo':
              return anEntry(number, 'verdict-undone', { version, verdictId: verdict.verdictId }, id);
            case 'escalate':
              return anEntry(number, 'flag-escalated', { version, priority }, id);
            case 'lapse':
              return anEntry(number, 'flag-lapsed', { version, action: 'released' }, id);
            case 'release':
              return anEntry(number, 'flag-released', { version }, id);
          }
        });
        const state = play(...entries);
        const held = [...state.flags.values()].filter(isUnanswered);
        expect(sumOf(floorCounts(state))).toBe(held.length);
        for (const priority of ['P1', 'P2', 'P3', 'P4'] as const) {
          expect(floorCounts(state)[priority]).toBe(held.filter((flag) => flag.priority === priority).length);
        }
      }),
    );
  });
});

describe('a second look', () => {
  const second = (version: number): FlagRow => ({
    ...aRow(2),
    kinds: ['second-look'],
    secondLookOf: { flagId: flagId(1), version },
  });

  it('closes the first flag for those who may not read its answer', () => {
    const state = play(raised(2, aRow(1)), { number: 3 }, raised(4, second(3)));
    expect(state.flags.get(flagId(1))).toMatchObject({ state: 'settled', version: 3 });
    expect(state.flags.get(flagId(1))).not.toHaveProperty('verdict');
    expect(floorCounts(state)).toEqual({ ...noCounts, P3: 1 });
  });

  it('changes nothing of the first flag for those who have read it', () => {
    const state = play(
      raised(2, aRow(1)),
      anEntry(3, 'flag-settled', { version: 3, ...verdict }, flagId(1)),
      raised(4, second(3)),
    );
    expect(state.flags.get(flagId(1))).toMatchObject({ state: 'settled', verdict: { kind: 'overridden' } });
  });

  it('no longer counts when it was withdrawn, and the first flag is back with its author', () => {
    const state = play(
      raised(2, aRow(1)),
      { number: 3 },
      raised(4, second(3)),
      anEntry(5, 'verdict-undone', { version: 4, verdictId: verdict.verdictId }, flagId(1)),
      anEntry(6, 'flag-withdrawn', { version: 2, because: 'the first answer was taken back' }, flagId(2)),
    );
    expect(state.flags.get(flagId(2))?.state).toBe('withdrawn');
    expect(state.flags.get(flagId(1))?.state).toBe('claimed');
    expect(sumOf(floorCounts(state))).toBe(1);
  });
});

describe('a window flag that merely grows', () => {
  const window: FlagRow = { ...aRow(5), subjectKind: 'window', itemCount: 3 };
  const growth = (itemCount: number) => ({
    version: 1,
    itemCount,
    priority: 'P3' as const,
    kinds: window.kinds,
    reason: '',
  });

  it('shows its greater count, though its version stays', () => {
    const state = play(raised(2, window), anEntry(3, 'flag-joined', growth(40), window.id));
    expect(state.flags.get(window.id)).toMatchObject({ itemCount: 40, version: 1 });
  });

  it('never shrinks by an entry that comes again', () => {
    const entries = [raised(2, window), anEntry(3, 'flag-joined', growth(40), window.id)];
    const state = play(...entries, anEntry(4, 'flag-joined', growth(20), window.id));
    expect(state.flags.get(window.id)?.itemCount).toBe(40);
  });
});
