import { describe, expect, it } from '@jest/globals';
import { priorities, reasonCodes, verdictKinds, verdictRequestSchema } from '@watchfloor/contracts';
import fc from 'fast-check';
import { answerOf, backFrom, emptyDraft, needOf, withPick, withReason, type Draft } from './draft.ts';

const flagId = '018f6c00-0000-7000-8000-000000000001';
const empty = emptyDraft(flagId);
const confirming = withPick(empty, { label: '1' }, 'confirmed');
const overriding = withPick(empty, { label: '7' }, 'overridden');

describe('what an answer lacks', () => {
  it.each<[string, Draft, 'P1' | 'P3', string]>([
    ['nothing picked yet', empty, 'P3', 'pick'],
    ['a routine confirmation', confirming, 'P3', 'nothing'],
    ['a routine override', overriding, 'P3', 'reason'],
    ['a routine override with its reason', withReason(overriding, 'wrong-class'), 'P3', 'nothing'],
    ['an override for another reason', withReason(overriding, 'other'), 'P3', 'note'],
    ['the same with a note', { ...withReason(overriding, 'other'), note: 'smudged' }, 'P3', 'nothing'],
    ['the same with a blank note', { ...withReason(overriding, 'other'), note: ' \n' }, 'P3', 'note'],
    ['a critical confirmation', confirming, 'P1', 'enter'],
    ['a critical override', overriding, 'P1', 'reason'],
    ['a critical override with its reason', withReason(overriding, 'data-fault'), 'P1', 'enter'],
  ])('%s', (_, draft, priority, need) => {
    expect(needOf(draft, priority)).toBe(need);
  });
});

describe('a half-made answer', () => {
  it('forgets the reason when another label is picked, and keeps the note', () => {
    const changed = withPick({ ...withReason(overriding, 'data-fault'), note: 'torn' }, { label: '3' }, 'overridden');
    expect(changed).toMatchObject({ pick: { label: '3' }, reason: null, note: 'torn' });
  });

  it('takes no reason for a confirmation', () => {
    expect(withReason(confirming, 'data-fault')).toEqual(confirming);
  });

  it('goes back one step at a time', () => {
    const whole = withReason(overriding, 'data-fault');
    expect(backFrom(whole)).toEqual(overriding);
    expect(backFrom(backFrom(whole))).toEqual(empty);
  });

  it('names the version and the claim it was made on', () => {
    expect(answerOf(confirming, { version: 4, token: 'mine', priority: 'P2' })).toEqual({
      version: 4,
      claim: 'mine',
      label: '1',
    });
    expect(answerOf({ ...overriding, note: ' torn ' }, { version: 4, priority: 'P2' })).toBeUndefined();
  });

  it('is, whenever it can be sent, one that the server can read', () => {
    const pick = fc.oneof(
      fc.record({ label: fc.constantFrom('a', 'b') }),
      fc.record({ value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      fc.record({ verdict: fc.constantFrom(...verdictKinds) }),
    );
    const draft = fc.record({
      pick,
      verdict: fc.constantFrom(...verdictKinds),
      reason: fc.option(fc.constantFrom(...reasonCodes)),
      note: fc.constantFrom('', ' ', 'torn'),
    });
    fc.assert(
      fc.property(draft, fc.constantFrom(...priorities), (parts, priority) => {
        const made = { ...withPick(emptyDraft(flagId), parts.pick, parts.verdict), note: parts.note };
        const whole = parts.reason === null ? made : withReason(made, parts.reason);
        const answer = answerOf(whole, { version: 1, token: 'mine', priority });
        if (answer !== undefined) {
          expect(verdictRequestSchema.safeParse(answer).success).toBe(true);
        }
        expect(answer === undefined).toBe(['pick', 'reason', 'note'].includes(needOf(whole, priority)));
      }),
    );
  });
});
