import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arranged } from './arrange.ts';

const row = (id: string, note = '') => ({ id, note });
const unknown = () => undefined;

describe('a list under somebody’s hand', () => {
  it('keeps its rows where they are, and counts what came', () => {
    expect(arranged(['b', 'a'], [row('new'), row('a'), row('b')], unknown)).toEqual({
      rows: [row('b'), row('a')],
      fresh: 1,
    });
  });

  it('shows what is known of a row now', () => {
    expect(arranged(['a'], [row('a', 'claimed by Mika Ito')], unknown).rows).toEqual([row('a', 'claimed by Mika Ito')]);
  });

  it('keeps the place of a row that left, while it is known', () => {
    const gone = (id: string) => (id === 'b' ? row('b', 'settled') : undefined);
    expect(arranged(['a', 'b', 'c'], [row('a'), row('c')], gone).rows).toEqual([
      row('a'),
      row('b', 'settled'),
      row('c'),
    ]);
  });

  it('never moves a row that it showed, whatever comes and goes', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 20 });
    fc.assert(
      fc.property(ids, ids, (shownIds, liveIds) => {
        const { rows, fresh } = arranged(
          shownIds,
          liveIds.map((id) => row(id)),
          (id) => row(id),
        );
        expect(rows.map(({ id }) => id)).toEqual(shownIds);
        expect(fresh).toBe(liveIds.filter((id) => !shownIds.includes(id)).length);
      }),
    );
  });
});
