import { describe, expect, it } from '@jest/globals';
import { ada, aFlag, anAttempt, anId, claimedBy, mika, noon } from '../../../test/builders/a-flag.ts';
import type { FlagLife } from './flag-life.ts';
import { answer } from './settle.ts';
import { undo } from './undo.ts';

const rules = { labels: ['fine', 'toxic'], reasonRequired: false, undoSeconds: 10 };
const held = claimedBy(mika);
const underClaim = anAttempt(mika, { version: 2, claimDigest: mika.name });
const settled = answer(
  held,
  underClaim,
  { label: 'toxic', reason: 'wrong-class', note: 'see thread' },
  rules,
  anId(1),
) as FlagLife;
const grant = { tokenDigest: 'new', expiresAt: '2026-11-22T12:02:00.000Z' };

describe('answering a flag', () => {
  it('settles it with who, when, what and why', () => {
    expect(settled).toMatchObject({
      version: 3,
      stage: {
        state: 'settled',
        answered: {
          verdict: {
            id: anId(1),
            verdict: 'overridden',
            label: 'toxic',
            reason: 'wrong-class',
            note: 'see thread',
            by: mika,
            at: noon,
          },
          undoUntil: '2026-11-22T12:00:10.000Z',
        },
      },
    });
  });

  it('twice with the same key is one verdict', () => {
    expect(answer(settled, underClaim, { label: 'toxic', reason: 'wrong-class' }, rules, anId(2))).toBe(settled);
  });

  it.each([
    ['another answer', { label: 'fine' }, underClaim],
    ['the same answer on another version', { label: 'toxic', reason: 'wrong-class' }, { ...underClaim, version: 1 }],
    ['the same answer of somebody else', { label: 'toxic', reason: 'wrong-class' }, { ...underClaim, by: ada }],
    [
      'the same answer under another claim',
      { label: 'toxic', reason: 'wrong-class' },
      { ...underClaim, claimDigest: 'x' },
    ],
  ] as const)('is refused the second time with %s', (_name, given, attempt) => {
    expect(answer(settled, attempt, given, rules, anId(2))).toMatchObject({ refused: 'already-settled' });
  });

  it.each([
    ['nobody holds it', aFlag(), anAttempt(mika, { version: 1 }), 'not-claimed'],
    ['one names no claim', held, anAttempt(mika, { version: 2 }), 'not-claimed'],
    ['somebody else holds it', held, anAttempt(ada, { version: 2, claimDigest: 'stolen' }), 'claimed-by-other'],
    [
      'somebody else comes with the right token',
      held,
      anAttempt(ada, { version: 2, claimDigest: mika.name }),
      'claimed-by-other',
    ],
    ['the claim has run out', held, { ...underClaim, now: '2026-11-22T12:02:00.000Z' }, 'claim-lost'],
    ['the flag has changed', held, { ...underClaim, version: 1 }, 'stale-version'],
  ] as const)('is refused when %s', (_name, flag, attempt, refused) => {
    expect(answer(flag, attempt, { label: 'fine' }, rules, anId(2))).toMatchObject({ refused });
  });

  it('is refused when the answer does not fit, though the claim is held', () => {
    expect(answer(held, underClaim, { label: 'odd' }, rules, anId(2))).toMatchObject({ refused: 'unfit-answer' });
  });
});

describe('changing a verdict', () => {
  const later = (seconds: number, by = ada, version = 3) => anAttempt(by, { version, afterSeconds: seconds });

  it('waits until its author can no longer undo it', () => {
    expect(answer(settled, later(9), { label: 'fine' }, rules, anId(2))).toEqual({
      refused: 'already-settled',
      because: 'Mika Ito answered 9 s ago and can undo it for 1 s more; answer anew after that',
    });
  });

  it('supersedes it then, whoever decides, and names what it replaces', () => {
    const superseded = answer(settled, later(10), { label: 'fine' }, rules, anId(2)) as FlagLife;
    expect(superseded).toMatchObject({
      version: 4,
      stage: {
        state: 'settled',
        answered: { verdict: { verdict: 'confirmed', supersedes: anId(1), by: ada }, undoUntil: null },
      },
    });
    expect(answer(superseded, later(11, mika, 4), { label: 'toxic' }, rules, anId(3))).toMatchObject({
      version: 5,
      stage: { answered: { verdict: { supersedes: anId(2), by: mika } } },
    });
    expect(undo(superseded, later(10, ada, 4), grant)).toMatchObject({ refused: 'too-late-to-undo' });
  });

  it('goes by the version on the screen', () => {
    expect(answer(settled, later(20, ada, 2), { label: 'fine' }, rules, anId(2))).toMatchObject({
      refused: 'stale-version',
    });
    expect(answer(settled, { ...later(20), version: null }, { label: 'fine' }, rules, anId(2))).toMatchObject({
      refused: 'stale-version',
    });
  });
});

describe('undoing a verdict', () => {
  it('gives the claim back', () => {
    expect(undo(settled, anAttempt(mika, { version: 3, afterSeconds: 9 }), grant)).toMatchObject({
      version: 4,
      stage: { state: 'claimed', claim: { by: mika, tokenDigest: 'new' } },
    });
  });

  it.each([
    ['its time is over', settled, anAttempt(mika, { version: 3, afterSeconds: 10 }), 'too-late-to-undo'],
    ['it is somebody else’s', settled, anAttempt(ada, { version: 3 }), 'not-yours'],
    ['the flag has changed since', settled, anAttempt(mika, { version: 2 }), 'stale-version'],
    ['there is none', held, anAttempt(mika, { version: 2 }), 'not-settled'],
  ] as const)('is refused when %s', (_name, flag, attempt, refused) => {
    expect(undo(flag, attempt, grant)).toMatchObject({ refused });
  });
});
