import { describe, expect, it } from '@jest/globals';
import type { Flag } from '@watchfloor/contracts';
import type { LiveFlag } from '../live/reduce.ts';
import { queueRows, rowStanding } from './queue-rows.ts';

const me = 'ada';

function row(id: string, change: Partial<LiveFlag> = {}): LiveFlag {
  return {
    id,
    version: 1,
    stream: 'digits',
    state: 'open',
    priority: 'P3',
    raisedAt: '2026-11-22T06:00:00.000Z',
    subjectKind: 'prediction',
    kinds: ['low-confidence'],
    reason: 'unsure',
    ...change,
  };
}

function flag(id: string, change: Partial<Flag> = {}): Flag {
  return {
    id,
    version: 1,
    stream: 'digits',
    state: 'open',
    priority: 'P3',
    raisedAt: '2026-11-22T06:00:00.000Z',
    subject: { kind: 'prediction', prediction: { stream: 'digits', id: `p-${id}`, label: '1' } },
    signals: [],
    verdicts: [],
    comments: [],
    choices: [],
    ...change,
  };
}

const live = (...rows: LiveFlag[]) => new Map(rows.map((one) => [one.id, one]));
const ids = (rows: readonly LiveFlag[]) => rows.map(({ id }) => id);

describe('the rows of the queue', () => {
  it('stand in the order in which they are handed out', () => {
    const rows = queueRows(
      {
        read: [flag('b', { raisedAt: '2026-11-22T06:01:00.000Z' }), flag('a')],
        live: live(row('c', { priority: 'P1', raisedAt: '2026-11-22T06:05:00.000Z' })),
        hasMore: false,
      },
      {},
      me,
    );
    expect(ids(rows)).toEqual(['c', 'a', 'b']);
  });

  it('show each flag once, as new as it is known, and no answered one', () => {
    const rows = queueRows(
      {
        read: [flag('a', { version: 1 }), flag('b', { version: 5, state: 'claimed' }), flag('c')],
        live: live(
          row('a', { version: 2, priority: 'P1' }),
          row('b', { version: 4 }),
          row('c', { version: 2, state: 'settled' }),
        ),
        hasMore: false,
      },
      {},
      me,
    );
    expect(rows.map(({ id, version, priority, state }) => [id, version, priority, state])).toEqual([
      ['a', 2, 'P1', 'open'],
      ['b', 5, 'P3', 'claimed'],
    ]);
  });

  it('leave out what stands behind the pages that were read', () => {
    const sources = { read: [flag('a', { priority: 'P2' })], live: live(row('far', { priority: 'P4' })) };
    expect(ids(queueRows({ ...sources, hasMore: true }, {}, me))).toEqual(['a']);
    expect(ids(queueRows({ ...sources, hasMore: false }, {}, me))).toEqual(['a', 'far']);
  });

  it('are narrowed by stream, priority, kind and holder', () => {
    const sources = {
      read: [],
      live: live(
        row('a'),
        row('b', { stream: 'prices' }),
        row('c', { priority: 'P1' }),
        row('d', { kinds: ['rule'] }),
        row('e', { state: 'claimed', claim: { by: { id: me, name: 'Ada' } } }),
      ),
      hasMore: false,
    };
    expect(ids(queueRows(sources, { stream: 'prices' }, me))).toEqual(['b']);
    expect(ids(queueRows(sources, { priority: 'P1' }, me))).toEqual(['c']);
    expect(ids(queueRows(sources, { kind: 'rule' }, me))).toEqual(['d']);
    expect(ids(queueRows(sources, { mine: true }, me))).toEqual(['e']);
  });

  it('say where they stand', () => {
    const mika = { id: 'mika', name: 'Mika Ito' };
    expect(rowStanding(row('a'), me)).toBe('waits');
    expect(rowStanding(row('a', { state: 'claimed', claim: { by: mika } }), me)).toBe('Mika Ito');
    expect(rowStanding(row('a', { state: 'claimed', claim: { by: { id: me, name: 'Ada' } } }), me)).toBe('you');
    expect(
      rowStanding(
        row('a', { state: 'settled', verdict: { kind: 'confirmed', by: mika, at: '2026-11-22T06:00:00.000Z' } }),
        me,
      ),
    ).toBe('answered by Mika Ito');
  });
});
