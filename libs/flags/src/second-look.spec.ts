import { describe, expect, it } from '@jest/globals';
import { isRefusal, plusSeconds, type AuditStanding, type Verdict } from '@watchfloor/contracts';
import fc from 'fast-check';
import { ada, aFlag, aFound, anAttempt, anId, claimedBy, mika, noon, sam } from '../../../test/builders/a-flag.ts';
import { claim } from './claim.ts';
import { comment } from './comment.ts';
import type { FlagLife } from './flag-life.ts';
import { lapse } from './lapse.ts';
import { escalate } from './let-go.ts';
import { raiseOnPrediction } from './raise.ts';
import { auditTurn, isErrorByBoth, raiseSecondLook, withdraw } from './second-look.ts';
import { settle, supersede } from './settle.ts';
import { undo } from './undo.ts';

const rules = { labels: ['fine', 'toxic', 'odd'], reasonRequired: false, undoSeconds: 10 };
const looks = { hours: 72, policyVersion: 3 };
const people = [mika, ada, sam];

/** Drawn for the audit; the model said `fine`. */
const drawn = (): FlagLife => raiseOnPrediction(anId(100), aFound({ kinds: ['audit-sample'] }), noon);

function settled(label: string, flag: FlagLife = drawn(), by = mika): FlagLife {
  const held = claimedBy(by, flag);
  const after = settle(held, anAttempt(by, { version: held.version, claimDigest: by.name }), { label }, rules, anId(7));
  if (isRefusal(after)) {
    throw new Error(after.because);
  }
  return after;
}

const secondLook = (first = settled('toxic')): FlagLife => raiseSecondLook(anId(300), first, noon, [mika.id], looks);

describe('a second look', () => {
  it('is a flag of its own that names neither answer', () => {
    const second = secondLook();
    expect(second).toMatchObject({
      priority: 'P3',
      dueAt: plusSeconds(noon, 72 * 3_600),
      kinds: ['second-look'],
      secondLook: { of: anId(100), notFor: [mika.id] },
      audit: null,
    });
    expect(JSON.stringify(second.signals)).not.toMatch(/fine|toxic/);
  });

  it('is not for whoever has seen the first flag: neither to take nor to pass on', () => {
    const grant = { tokenDigest: 'x', expiresAt: plusSeconds(noon, 120) };
    expect(claim(secondLook(), anAttempt(mika), grant)).toMatchObject({ refused: 'not-blind' });
    expect(escalate(secondLook(), anAttempt(mika))).toMatchObject({ refused: 'not-blind' });
    expect(claim(secondLook(), anAttempt(ada), grant)).toMatchObject({ stage: { state: 'claimed' } });
  });

  it('takes no hints while it waits', () => {
    expect(comment(secondLook(), anAttempt(sam))).toMatchObject({ refused: 'not-yet-possible' });
    const answered = settled('odd', secondLook(), ada);
    expect(isRefusal(comment(answered, anAttempt(sam)))).toBe(false);
  });

  it('wants what is right, not whether the model is', () => {
    const held = claimedBy(ada, secondLook());
    const attempt = anAttempt(ada, { version: held.version, claimDigest: ada.name });
    for (const verdict of ['confirmed', 'overridden'] as const) {
      expect(settle(held, attempt, { verdict }, rules, anId(8))).toMatchObject({ refused: 'unfit-answer' });
    }
  });

  it('is taken alike whether or not it agrees: never for want of a reason', () => {
    const held = claimedBy(ada, secondLook());
    const attempt = anAttempt(ada, { version: held.version, claimDigest: ada.name });
    const strict = { ...rules, reasonRequired: true };
    for (const label of rules.labels) {
      const after = settle(held, attempt, { label }, strict, anId(8));
      expect(isRefusal(after)).toBe(false);
      expect(after).toMatchObject({ stage: { state: 'settled', answered: { undoUntil: null } } });
    }
  });

  it('stands once it is answered', () => {
    const answered = settled('odd', secondLook(), ada);
    const attempt = anAttempt(ada, { version: answered.version, afterSeconds: 3_600 });
    const grant = { tokenDigest: 'x', expiresAt: plusSeconds(noon, 120) };
    expect(undo(answered, attempt, grant)).toMatchObject({ refused: 'too-late-to-undo' });
    expect(supersede(answered, attempt, { label: 'fine' }, rules, anId(9))).toMatchObject({
      refused: 'already-settled',
    });
  });

  it('says error when both disagreed with the model, or when nobody came', () => {
    expect(isErrorByBoth(settled('odd', secondLook(), ada))).toBe(true);
    expect(isErrorByBoth(settled('fine', secondLook(), ada))).toBe(false);
    const late = lapse(secondLook(), 'nobody came', noon);
    expect(isRefusal(late) || isErrorByBoth(late)).toBe(true);
    expect(() => isErrorByBoth(secondLook())).toThrow(RangeError);
  });

  it('is withdrawn out of any hands, once', () => {
    const gone = withdraw(claimedBy(ada, secondLook()), 'taken back', noon);
    expect(gone).toMatchObject({ stage: { state: 'withdrawn', because: 'taken back' } });
    expect(isRefusal(gone) || withdraw(gone, 'again', noon)).toMatchObject({ refused: 'already-settled' });
    expect(!isRefusal(gone) && claim(gone, anAttempt(sam), { tokenDigest: 'x', expiresAt: noon })).toMatchObject({
      refused: 'withdrawn',
    });
  });

  it('is raised on answered predictions of the audit alone', () => {
    expect(() => raiseSecondLook(anId(1), drawn(), noon, [], looks)).toThrow(RangeError);
    expect(() => raiseSecondLook(anId(1), settled('toxic', aFlag()), noon, [], looks)).toThrow(RangeError);
  });
});

describe('the first flag while somebody takes a second look', () => {
  const first = (): FlagLife => ({ ...settled('toxic'), audit: { state: 'second-look', secondLookId: anId(300) } });

  it('is corrected by its author alone', () => {
    const attempt = (by = mika) => anAttempt(by, { version: first().version, afterSeconds: 60 });
    expect(supersede(first(), attempt(ada), { label: 'fine' }, rules, anId(9))).toMatchObject({
      refused: 'not-yet-possible',
    });
    expect(isRefusal(supersede(first(), attempt(), { label: 'fine' }, rules, anId(9)))).toBe(false);
  });

  it('cannot be taken back once the second answer is known', () => {
    const grant = { tokenDigest: 'x', expiresAt: plusSeconds(noon, 120) };
    const attempt = anAttempt(mika, { version: first().version, afterSeconds: 5 });
    const ended = { ...first(), audit: { state: 'adjudicated', isError: true, by: 'second', at: noon } } as const;
    expect(undo(ended, attempt, grant)).toMatchObject({ refused: 'too-late-to-undo' });
    expect(isRefusal(undo(first(), attempt, grant))).toBe(false);
  });
});

describe('the audit, whatever happens to its first flag', () => {
  const step = fc.record({
    act: fc.constantFrom('answer', 'answer', 'undo', 'supersede', 'second', 'lapse', 'wait'),
    who: fc.nat(2),
    label: fc.constantFrom(...rules.labels),
  });

  /** Carries out what the rules say, as the server does, and keeps its own account beside it. */
  function play(steps: readonly { act: string; who: number; label: string }[]) {
    let first = drawn();
    let second = null as FlagLife | null;
    let final = null as { verdict: Verdict; at: string } | null;
    let now = noon;
    let count = 0;
    const raised: FlagLife[] = [];
    const endings: { isError: boolean; by: string }[] = [];
    const end = (isError: boolean, by: 'first' | 'second' | 'nobody') => {
      endings.push({ isError, by });
      first = { ...first, audit: { state: 'adjudicated', isError, by, at: now } satisfies AuditStanding };
    };
    const follow = (after: FlagLife) => {
      const turn = auditTurn(first, after);
      first = after;
      if (turn === null) return;
      if (turn.secondLook === 'raise') {
        second = raiseSecondLook(anId(1_000 + count), first, now, [mika.id], looks);
        raised.push(second);
        first = { ...first, audit: { state: 'second-look', secondLookId: second.id } };
      }
      if (turn.secondLook === 'withdraw' && second !== null) {
        const gone = withdraw(second, 'not needed', now);
        expect(isRefusal(gone)).toBe(false);
        second = null;
        first = { ...first, audit: { state: 'first-look' } };
      }
      final = turn.confirmation && { verdict: turn.confirmation.verdict, at: turn.confirmation.finalAt };
    };
    const sweep = () => {
      if (final !== null && final.at <= now && first.audit?.state !== 'adjudicated') end(false, 'first');
    };
    for (const { act, who, label } of steps) {
      count += 1;
      now = plusSeconds(now, act === 'wait' ? 11 : 1);
      sweep();
      const by = people[who] ?? mika;
      const version = first.version;
      const attempt = { by, now, version, claimDigest: null };
      const grant = { tokenDigest: `token ${count}`, expiresAt: plusSeconds(now, 120) };
      if (act === 'answer' && first.stage.state !== 'settled') {
        const held = claim(first, { ...attempt, version: null }, grant);
        if (isRefusal(held)) continue;
        const claimed = { ...attempt, version: held.version, claimDigest: grant.tokenDigest };
        const after = settle(held, claimed, { label }, rules, anId(count));
        if (!isRefusal(after)) follow(after);
      } else if (act === 'undo' || act === 'supersede') {
        const after =
          act === 'undo' ? undo(first, attempt, grant) : supersede(first, attempt, { label }, rules, anId(count));
        if (!isRefusal(after)) follow(after);
      } else if ((act === 'second' || act === 'lapse') && second !== null) {
        const held = claim(second, { ...attempt, version: null }, grant);
        const claimed = { ...attempt, version: isRefusal(held) ? 0 : held.version, claimDigest: grant.tokenDigest };
        const after =
          act === 'lapse'
            ? lapse(second, 'nobody', now)
            : isRefusal(held)
              ? held
              : settle(held, claimed, { label }, rules, anId(count));
        if (!isRefusal(after)) {
          second = null;
          end(isErrorByBoth(after), act === 'lapse' ? 'nobody' : 'second');
        }
      }
    }
    return { first, second, endings, raised };
  }

  it('ends once at most, and has no second look open when it has ended', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { first, second, endings } = play(steps);
        expect(endings.length).toBeLessThanOrEqual(1);
        expect(first.audit?.state === 'adjudicated').toBe(endings.length === 1);
        expect(first.audit?.state === 'second-look').toBe(second !== null);
        // An error is never one person's word.
        expect(endings.every(({ isError, by }) => !isError || by !== 'first')).toBe(true);
        if (second !== null) {
          const { stage } = first;
          expect(stage.state === 'settled' && stage.answered.verdict.verdict).toBe('overridden');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('comes to every kind of end', () => {
    const seen = new Set<string>();
    let withdrawn = 0;
    for (const steps of fc.sample(fc.array(step, { minLength: 3, maxLength: 20 }), { numRuns: 500, seed: 3 })) {
      const { endings, raised } = play(steps);
      endings.forEach(({ isError, by }) => seen.add(`${by} ${isError}`));
      withdrawn += raised.length > 1 ? 1 : 0;
    }
    expect([...seen].sort()).toEqual(['first false', 'nobody true', 'second false', 'second true']);
    expect(withdrawn).toBeGreaterThan(0);
  });

  it('does not concern flags that chance did not draw', () => {
    expect(auditTurn(claimedBy(mika), settled('toxic', aFlag()))).toBeNull();
  });
});
