import { describe, expect, it } from '@jest/globals';
import { isNarrowed, queueSearchOf } from './queue-search.ts';

describe('the address of the queue', () => {
  it('carries the filters', () => {
    const search = { stream: 'digits', priority: 'P2', kind: 'low-confidence', mine: true } as const;
    expect(queueSearchOf(search)).toEqual(search);
    expect(queueSearchOf({ ...search, mine: 'true' })).toEqual(search);
    expect(isNarrowed(search)).toBe(true);
  });

  it('leaves out what it cannot mean', () => {
    expect(queueSearchOf({ stream: '', priority: 'P9', kind: 'toString', mine: 'no', extra: 1 })).toEqual({});
    expect(isNarrowed({})).toBe(false);
  });
});
