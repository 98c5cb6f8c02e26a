import { describe, expect, it } from '@jest/globals';
import type { RecordEntry } from '@watchfloor/contracts';
import { entryRowOf } from './entry-row.ts';

const id = '018f6c00-0000-7000-8000-000000000001';

function entry<Kind extends RecordEntry['kind']>(kind: Kind, data: RecordEntry<Kind>['data']): RecordEntry {
  return {
    id,
    number: 7,
    at: '2026-10-31T12:00:00.000Z',
    kind,
    stream: 'digits',
    flagId: id,
    actor: { kind: 'person', id },
    actorName: 'Ada',
    leafHash: '0'.repeat(64),
    data,
  } as RecordEntry;
}

const verdict = { version: 2, verdictId: id, policyVersion: 1 };

describe('a row of the history', () => {
  it.each<[string, RecordEntry, object]>([
    [
      'an override',
      entry('flag-settled', { ...verdict, verdict: 'overridden', label: '7', modelLabel: '1', reason: 'wrong-class' }),
      { what: 'verdict', model: '1', answer: '7', reason: 'wrong class', who: 'Ada' },
    ],
    [
      'a confirmed value',
      entry('flag-settled', { ...verdict, verdict: 'confirmed', value: 120.5, modelValue: 120.5 }),
      { model: '120.5', answer: '120.5' },
    ],
    [
      'an override whose right answer is not known',
      entry('flag-settled', { ...verdict, verdict: 'overridden', modelLabel: '1' }),
      { model: '1', answer: 'wrong, right answer not known' },
    ],
    [
      'a window that is all right',
      entry('flag-settled', { ...verdict, verdict: 'confirmed' }),
      { model: '', answer: 'all right' },
    ],
    [
      'a correction',
      entry('verdict-superseded', { ...verdict, verdict: 'confirmed', label: '1', modelLabel: '1', supersedes: id }),
      { what: 'correction', answer: '1' },
    ],
    [
      'an escalation',
      entry('flag-escalated', { version: 2, priority: 'P1', reason: 'rises' }),
      { answer: 'to P1', reason: 'rises' },
    ],
  ])('%s', (_, served, row) => {
    expect(entryRowOf(served)).toMatchObject(row);
  });

  it('names the part of the system that acted', () => {
    const served = { ...entry('claim-expired', { version: 3, heldBy: id }), actor: { kind: 'system', part: 'flags' } };
    expect(entryRowOf(served as RecordEntry).who).toBe('flags');
  });

  it('is a bare number where one may not read the entry', () => {
    expect(entryRowOf({ number: 12 })).toMatchObject({ number: 12, entry: null, who: '' });
  });
});
