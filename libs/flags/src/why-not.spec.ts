import { describe, expect, it } from '@jest/globals';
import { ada, aFlag, anAttempt, anId, claimedBy, mika } from '../../../test/builders/a-flag.ts';
import { claim } from './claim.ts';
import type { FlagLife } from './flag-life.ts';
import { lapse } from './lapse.ts';
import { release } from './let-go.ts';
import { settle } from './settle.ts';
import { undo } from './undo.ts';

const rules = { labels: [], reasonRequired: false, undoSeconds: 10 };
const settled = settle(
  claimedBy(mika),
  anAttempt(mika, { version: 2, claimDigest: mika.name, afterSeconds: 5 }),
  { label: 'fine' },
  rules,
  anId(1),
) as FlagLife;

/** What the loser of a race reads. */
const told = (outcome: unknown): unknown => (outcome as { because: unknown }).because;

describe('a refusal tells the reader', () => {
  it('who answered, and how long before', () => {
    const late = anAttempt(ada, { version: 2, claimDigest: ada.name, afterSeconds: 8 });
    expect(told(settle(settled, late, { label: 'fine' }, rules, anId(2)))).toBe('Mika Ito answered 3 s before you');
  });

  it('that one has answered oneself', () => {
    const again = anAttempt(mika, { version: 2, claimDigest: mika.name, afterSeconds: 5.2 });
    expect(told(settle(settled, again, { label: 'toxic' }, rules, anId(2)))).toBe('You answered this a moment ago');
  });

  it('who holds the flag and for how long', () => {
    const grant = { tokenDigest: ada.name, expiresAt: '2026-11-22T12:10:00.000Z' };
    expect(told(claim(claimedBy(mika), anAttempt(ada, { afterSeconds: 25 }), grant))).toBe(
      'Mika Ito holds this flag, for 95 s more unless renewed',
    );
  });

  it('that the claim ran out while nobody else took it', () => {
    const late = anAttempt(mika, { claimDigest: mika.name, afterSeconds: 132 });
    expect(told(release(claimedBy(mika), late))).toBe('Your claim ran out 12 s ago. Claim the flag again');
  });

  it('which version they saw and which it is now', () => {
    const stale = anAttempt(mika, { claimDigest: mika.name, version: 1 });
    expect(told(release(claimedBy(mika), stale))).toBe(
      'The flag has changed since you saw it (it was version 1, now it is 2). Look again',
    );
  });

  it('whose verdict it is that they would undo', () => {
    const grant = { tokenDigest: ada.name, expiresAt: '2026-11-22T12:10:00.000Z' };
    expect(told(undo(settled, anAttempt(ada, { version: 3 }), grant))).toBe(
      'This is the verdict of Mika Ito: answer anew instead of undoing it',
    );
  });

  it('what was done instead of an answer', () => {
    const lapsed = lapse(aFlag(), 'the prediction was held back', '2026-11-22T12:00:00.000Z') as FlagLife;
    const late = anAttempt(mika, { claimDigest: mika.name, afterSeconds: 600 });
    expect(told(release(lapsed, late))).toBe(
      'Nobody answered in time: 10 min ago the safe action was taken (the prediction was held back)',
    );
  });
});
