import { describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '@watchfloor/contracts';
import { approvalOf, approvalOfRollback, whyNotPublish } from './may-publish.ts';

const { version: _, ...settings } = defaultPolicy;
const [ada, ben] = [
  { id: 'a', name: 'Ada' },
  { id: 'b', name: 'Ben' },
];
const draft = { authors: [ada], basedOn: 3, settings };

describe('a draft', () => {
  it('is published by somebody who had no hand in it', () => {
    expect(whyNotPublish(draft, 'b', { version: 3 }, true)).toBeUndefined();
    expect(approvalOf(draft, 'b')).toBe('second-person');
  });

  it('is not published by any of its authors while duties are separated', () => {
    for (const { id } of [ada, ben]) {
      expect(whyNotPublish({ ...draft, authors: [ada, ben] }, id, { version: 3 }, true)).toMatchObject({
        refused: 'needs-another',
      });
    }
  });

  it('is published by its author where duties are not separated, which is then said', () => {
    expect(whyNotPublish(draft, 'a', { version: 3 }, false)).toBeUndefined();
    expect(approvalOf(draft, 'a')).toBe('alone');
  });

  it('is not published over a policy that it was not made from', () => {
    expect(whyNotPublish(draft, 'b', { version: 4 }, true)).toMatchObject({ refused: 'stale-version' });
  });

  it('is not published when it promises what cannot be kept', () => {
    const stopped = { ...draft, settings: { ...settings, autonomy: 'stopped' as const } };
    expect(whyNotPublish(stopped, 'b', { version: 3 }, true)).toMatchObject({ refused: 'not-yet-possible' });
  });
});

describe('a rollback', () => {
  it.each([
    [{ by: null, approval: null }, 'a', 'second-person'],
    [{ by: 'b', approval: 'alone' as const }, 'a', 'second-person'],
    [{ by: 'a', approval: 'alone' as const }, 'a', 'alone'],
    [{ by: 'a', approval: 'second-person' as const }, 'a', 'second-person'],
  ])('to %j by %s has the approval of: %s', (restored, person, approval) => {
    expect(approvalOfRollback(restored, person)).toBe(approval);
  });
});
