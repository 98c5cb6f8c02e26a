import { describe, expect, it } from '@jest/globals';
import { reasonCodes, verdictKinds, type RecordEntry } from '@watchfloor/contracts';
import fc from 'fast-check';
import { entryKindsInOrder } from './entry-words.ts';
import {
  historyAddressOf,
  historySearchOf,
  isFiltered,
  isWithin,
  recordQueryOf,
  type HistorySearch,
} from './history-search.ts';
import { inWords, understood } from './history-words.ts';

const flag = '018f6c00-0000-7000-8000-000000000001';
const person = '018f6c00-0000-7000-8000-000000000002';

const instants = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const filters = fc.record(
  {
    kind: fc.uniqueArray(fc.constantFrom(...entryKindsInOrder), { minLength: 1, maxLength: 4 }),
    stream: fc.constantFrom('digits', 'fraud-eu', 'a.b_c'),
    flag: fc.constant(flag),
    person: fc.constant(person),
    verdict: fc.constantFrom(...verdictKinds),
    reason: fc.constantFrom(...reasonCodes),
    from: instants,
    to: instants,
  },
  { requiredKeys: [] },
);

const settled: RecordEntry<'flag-settled'> = {
  id: flag,
  number: 7,
  at: '2026-10-31T12:00:00.000Z',
  kind: 'flag-settled',
  stream: 'digits',
  flagId: flag,
  actor: { kind: 'person', id: person },
  actorName: 'Ada',
  leafHash: '0'.repeat(64),
  data: {
    version: 2,
    verdictId: person,
    verdict: 'overridden',
    label: '7',
    modelLabel: '1',
    reason: 'wrong-class',
    policyVersion: 1,
  },
};

describe('the address of the history', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(filters, fc.option(fc.nat(), { nil: undefined }), (filter, entry) => {
        const search: HistorySearch = entry === undefined ? filter : { ...filter, entry };
        expect(historySearchOf(historyAddressOf(search))).toEqual(search);
      }),
    );
  });

  it('leaves out what it cannot mean', () => {
    expect(
      historySearchOf({
        kind: 'nonsense',
        flag: '12',
        person: {},
        verdict: 'maybe',
        reason: 'toString',
        from: 'soon',
        entry: '-1',
      }),
    ).toEqual({});
  });
});

describe('a typed line', () => {
  it('says what the address says', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(understood(inWords(filter))).toEqual({ filter, entry: null, unknown: [] });
      }),
    );
  });

  it.each<[string, HistorySearch]>([
    ['overridden 2026-10', { verdict: 'overridden', from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' }],
    ['2026-12-31', { from: '2026-12-31T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' }],
    ['to:2026-10-31', { to: '2026-11-01T00:00:00.000Z' }],
    ['from:2026-10-31 stream:digits', { from: '2026-10-31T00:00:00.000Z', stream: 'digits' }],
    [`kind:flag-raised  kind:flag-lapsed ${flag}`, { kind: ['flag-raised', 'flag-lapsed'], flag }],
  ])('%s', (text, filter) => {
    expect(understood(text)).toEqual({ filter, entry: null, unknown: [] });
  });

  it('can name one entry', () => {
    expect(understood('#918204')).toEqual({ filter: {}, entry: 918_204, unknown: [] });
  });

  it('gives back the words that it does not know', () => {
    expect(understood('geo reason:geo kind:x confirmed stream: 2026-13 constructor:1')).toEqual({
      filter: { verdict: 'confirmed' },
      entry: null,
      unknown: ['geo', 'reason:geo', 'kind:x', 'stream:', '2026-13', 'constructor:1'],
    });
  });
});

describe('an entry that comes live', () => {
  it.each<[HistorySearch, boolean]>([
    [{}, true],
    [{ kind: ['flag-settled'], stream: 'digits', flag, person, verdict: 'overridden', reason: 'wrong-class' }, true],
    [{ kind: ['flag-raised'] }, false],
    [{ stream: 'fraud-eu' }, false],
    [{ person: flag }, false],
    [{ verdict: 'confirmed' }, false],
    [{ reason: 'other' }, false],
    [{ from: '2026-10-31T12:00:00.000Z' }, true],
    [{ to: '2026-10-31T12:00:00.000Z' }, false],
  ])('%j: %s', (filter, isIn) => {
    expect(isWithin(filter, settled)).toBe(isIn);
  });

  it('is asked for by the same words of the server', () => {
    expect(recordQueryOf({ kind: ['flag-settled', 'verdict-undone'], flag, person })).toEqual({
      kind: 'flag-settled,verdict-undone',
      flagId: flag,
      personId: person,
    });
    expect([isFiltered({}), isFiltered({ stream: 'digits' })]).toEqual([false, true]);
  });
});
