import { describe, expect, it } from '@jest/globals';
import { isRefusal, plusSeconds, type Actor, type FlagState, type Refusal } from '@watchfloor/contracts';
import fc from 'fast-check';
import { ada, aFlag, aFound, anId, aWindow, aWindowFlag, mika, noon, sam } from '../../../test/builders/a-flag.ts';
import { claim, renew } from './claim.ts';
import { expire, wake } from './come-back.ts';
import { comment } from './comment.ts';
import { liveClaim, type Attempt, type FlagLife } from './flag-life.ts';
import { join } from './join.ts';
import { lapse } from './lapse.ts';
import { escalate, release, skip, snooze } from './let-go.ts';
import { answer } from './settle.ts';
import { undo } from './undo.ts';

const people = [mika, ada, sam];
const rules = { labels: ['fine', 'toxic'], reasonRequired: false, undoSeconds: 10 };
const leaseSeconds = 120;

const acts = [
  ...['claim', 'renew', 'release', 'skip', 'snooze', 'escalate', 'comment', 'answer', 'undo'],
  ...['expire', 'wake', 'join', 'lapse'],
] as const;
type Act = (typeof acts)[number];

interface Step {
  readonly act: Act;
  readonly who: number;
  /** How many seconds pass before it. */
  readonly pause: number;
  /** Which version is on the screen: the present one, or so many before it; null for none. */
  readonly behind: number | null;
  /** Whose token is shown: one's own newest, one's own before that, somebody else's, none. */
  readonly token: 'own' | 'outdated' | 'stolen' | 'none';
  readonly label: string;
}

/** A careful person: knows the version, shows the token that is asked for. */
const careful = fc.record<Step>({
  act: fc.constantFrom(...acts.filter((act) => act !== 'lapse')),
  who: fc.nat(2),
  pause: fc.constantFrom(0, 0, 1, 5, 11, 130, 4_000),
  behind: fc.constant(0),
  token: fc.constantFrom('own', 'own', 'own', 'none'),
  label: fc.constantFrom('fine', 'toxic'),
});
const anybody = fc.record<Step>({
  act: fc.constantFrom(...acts),
  who: fc.nat(2),
  pause: fc.constantFrom(0, 0.2, 3, 11, 119, 121, 30_000),
  behind: fc.constantFrom(null, 0, 0, 0, 1, 2),
  token: fc.constantFrom('own', 'own', 'outdated', 'stolen', 'none'),
  label: fc.constantFrom('fine', 'toxic', 'odd'),
});
/** One person does one thing after the other without delay, as people do at a screen. */
const errand = fc
  .record({
    who: fc.nat(2),
    doing: fc.constantFrom<Act[]>(
      ['claim', 'answer', 'undo'],
      ['claim', 'answer', 'undo', 'answer'],
      ['claim', 'answer', 'answer'],
      ['claim', 'renew', 'join', 'answer'],
      ['claim', 'claim', 'answer'],
      ['claim', 'snooze', 'join'],
      ['claim', 'snooze', 'wake'],
      ['claim', 'skip'],
    ),
    pause: fc.constantFrom(0, 2, 10, 70),
    label: fc.constantFrom('fine', 'toxic'),
    behind: fc.constantFrom(0, 0, 0, 1),
    token: fc.constantFrom('own', 'own', 'own', 'outdated'),
  })
  .map(({ doing, behind, token, ...rest }): Step[] =>
    doing.map((act) => ({ ...rest, act, ...(act === 'claim' ? { behind: 0, token: 'none' } : { behind, token }) })),
  );
const single = fc.oneof(careful, anybody).map((step): Step[] => [step]);
const steps = fc
  .array(fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: errand }), { maxLength: 50 })
  .map((parts) => parts.flat());

/**
 * What the machine must be like, kept by other means than the machine's own: who was handed which token last and until when it
 * holds, and who answered when.
 */
class Floor {
  flag: FlagLife;
  now = noon;
  holder: { who: Actor; token: string; untilMs: number } | null = null;
  verdicts: { id: string; by: Actor; atMs: number; canUndo: boolean; undone: boolean }[] = [];
  readonly seen = new Set<FlagState>();
  private readonly tokens = new Map<string, readonly string[]>();
  private count = 0;

  constructor(flag: FlagLife) {
    this.flag = flag;
  }

  take({ act, who, pause, behind, token, label }: Step): {
    before: FlagLife;
    after: FlagLife | Refusal;
    attempt: Attempt;
  } {
    this.now = plusSeconds(this.now, pause);
    this.count += 1;
    const by = people[who] ?? mika;
    const own = this.tokens.get(by.id) ?? [];
    const shown = {
      own: own.at(-1) ?? null,
      outdated: own.at(-2) ?? null,
      stolen: this.holder?.token ?? null,
      none: null,
    }[token];
    const version = behind === null ? null : this.flag.version - behind;
    const attempt: Attempt = { by, now: this.now, version, claimDigest: shown };
    const before = this.flag;
    const after = this.does(act, before, attempt, label);
    if (!isRefusal(after)) {
      this.flag = after;
      this.follow(act, before, after, attempt);
    }
    this.seen.add(this.flag.stage.state);
    return { before, after, attempt };
  }

  private does(act: Act, flag: FlagLife, attempt: Attempt, label: string): FlagLife | Refusal {
    const grant = { tokenDigest: `token ${this.count}`, expiresAt: plusSeconds(this.now, leaseSeconds) };
    const given =
      flag.subject.kind === 'window'
        ? ({ verdict: label === 'fine' ? 'confirmed' : 'overridden' } as const)
        : { label };
    switch (act) {
      case 'claim':
        return claim(flag, attempt, grant);
      case 'renew':
        return renew(flag, attempt, grant.expiresAt);
      case 'release':
        return release(flag, attempt);
      case 'skip':
        return skip(flag, attempt);
      case 'snooze':
        return snooze(flag, attempt, plusSeconds(this.now, 60));
      case 'escalate':
        return escalate(flag, attempt);
      case 'comment':
        return comment(flag, attempt);
      case 'answer':
        return answer(flag, attempt, given, rules, anId(this.count));
      case 'undo':
        return undo(flag, attempt, grant);
      case 'expire':
        return expire(flag, this.now);
      case 'wake':
        return wake(flag, this.now);
      case 'join':
        return flag.subject.kind === 'window'
          ? join(flag, { windows: [aWindow('label-shift')], predictions: [aFound({ position: this.count })] }, this.now)
          : { refused: 'not-yet-possible', because: 'only a window flag gathers' };
      case 'lapse':
        return lapse(flag, 'held back', this.now);
    }
  }

  private follow(act: Act, before: FlagLife, after: FlagLife, { by }: Attempt): void {
    const nowMs = Date.parse(this.now);
    const untilMs = nowMs + leaseSeconds * 1_000;
    switch (act) {
      case 'claim':
      case 'undo':
        this.tokens.set(by.id, [...(this.tokens.get(by.id) ?? []), `token ${this.count}`]);
        this.holder = { who: by, token: `token ${this.count}`, untilMs };
        if (act === 'undo') {
          this.verdicts = this.verdicts.map((verdict, index) =>
            index === this.verdicts.length - 1 ? { ...verdict, undone: true } : verdict,
          );
        }
        break;
      case 'renew':
        this.holder = this.holder === null ? null : { ...this.holder, untilMs };
        break;
      case 'answer':
        if (after !== before) {
          const canUndo = before.stage.state === 'claimed';
          this.verdicts.push({ id: anId(this.count), by, atMs: nowMs, canUndo, undone: false });
        }
        this.holder = null;
        break;
      case 'release':
      case 'skip':
      case 'snooze':
      case 'escalate':
      case 'expire':
      case 'wake':
      case 'lapse':
        this.holder = null;
        break;
      case 'comment':
        break;
      case 'join':
        // A join that changes the question wakes a snoozed flag; it never touches a claim.
        break;
    }
  }
}

/** Acts that only the holder of a live claim may do. */
const heldActs: readonly Act[] = ['renew', 'release', 'skip', 'snooze'];

const subjects = fc.constantFrom(aFlag(), aWindowFlag());

describe('the life of a flag, whatever several people try', () => {
  it('has one live claim at most, and it is that of the last one who was given a token', () => {
    fc.assert(
      fc.property(subjects, steps, (flag, sequence) => {
        const floor = new Floor(flag);
        for (const step of sequence) {
          floor.take(step);
          const held = liveClaim(floor.flag, floor.now);
          const expected = floor.holder !== null && floor.holder.untilMs > Date.parse(floor.now) ? floor.holder : null;
          expect(held?.by.id).toBe(expected?.who.id);
          expect(held?.tokenDigest).toBe(expected?.token);
        }
      }),
    );
  });

  it('lets nobody take it from the holder of a live claim, nor act for the holder', () => {
    fc.assert(
      fc.property(subjects, steps, (flag, sequence) => {
        const floor = new Floor(flag);
        for (const step of sequence) {
          const heldBefore = floor.holder;
          const { after, attempt } = floor.take(step);
          const isLive = heldBefore !== null && heldBefore.untilMs > Date.parse(floor.now);
          const isHolder = isLive && heldBefore.who.id === attempt.by.id;
          if (isRefusal(after)) {
            continue;
          }
          if (heldActs.includes(step.act)) {
            expect(isHolder && attempt.claimDigest === heldBefore.token).toBe(true);
          }
          if (isLive && !isHolder) {
            expect(['comment', 'join', 'lapse']).toContain(step.act);
          }
        }
      }),
    );
  });

  it('changes nothing when it refuses, and grows by at least one version when it moves', () => {
    fc.assert(
      fc.property(subjects, steps, (flag, sequence) => {
        const floor = new Floor(flag);
        for (const step of sequence) {
          const frozen = JSON.stringify(floor.flag);
          const { before, after } = floor.take(step);
          expect(JSON.stringify(before)).toBe(frozen);
          if (isRefusal(after)) {
            expect(JSON.stringify(floor.flag)).toBe(frozen);
            expect(after.because.length).toBeGreaterThan(10);
          } else {
            const stays = ['renew', 'join', 'answer'].includes(step.act);
            expect(after.version).toBeGreaterThanOrEqual(before.version + (stays ? 0 : 1));
            if (after.version === before.version) {
              expect(after.stage.state).toBe(before.stage.state);
              expect(after.priority).toBe(before.priority);
            }
          }
        }
      }),
    );
  });

  it('is settled only under a held claim, on the present version, or by superseding after the time to undo', () => {
    fc.assert(
      fc.property(subjects, steps, (flag, sequence) => {
        const floor = new Floor(flag);
        for (const step of sequence) {
          const heldBefore = floor.holder;
          const standing = floor.verdicts.findLast(({ undone }) => !undone);
          const count = floor.verdicts.length;
          const { before, after, attempt } = floor.take(step);
          if (floor.verdicts.length === count) {
            continue;
          }
          expect(step.act).toBe('answer');
          expect(attempt.version).toBe(before.version);
          const verdict = !isRefusal(after) && after.stage.state === 'settled' ? after.stage.answered.verdict : null;
          expect(verdict?.by).toEqual(attempt.by);
          if (before.stage.state === 'claimed') {
            expect(heldBefore?.who.id).toBe(attempt.by.id);
            expect(heldBefore?.token).toBe(attempt.claimDigest);
            expect(heldBefore?.untilMs).toBeGreaterThan(Date.parse(floor.now));
            expect(verdict?.supersedes).toBeUndefined();
          } else {
            expect(before.stage.state).toBe('settled');
            expect(verdict?.supersedes).toBe(standing?.id);
            const waited = !standing?.canUndo || Date.parse(floor.now) >= standing.atMs + rules.undoSeconds * 1_000;
            expect(waited).toBe(true);
          }
        }
      }),
    );
  });

  it('is undone only by the author of the verdict, in time, and gives the author the claim', () => {
    fc.assert(
      fc.property(subjects, steps, (flag, sequence) => {
        const floor = new Floor(flag);
        for (const step of sequence) {
          const last = floor.verdicts.at(-1);
          const { after, attempt } = floor.take(step);
          if (step.act === 'undo' && !isRefusal(after)) {
            expect(last).toMatchObject({ by: attempt.by, canUndo: true, undone: false });
            expect(Date.parse(floor.now)).toBeLessThan((last?.atMs ?? 0) + rules.undoSeconds * 1_000);
            expect(liveClaim(after, floor.now)?.by).toEqual(attempt.by);
          }
        }
      }),
    );
  });

  it('is never stuck: unless it has lapsed, in the end anybody can take it and answer', () => {
    fc.assert(
      fc.property(subjects, steps, fc.nat(2), (flag, sequence, who) => {
        const floor = new Floor(flag);
        sequence.forEach((step) => floor.take(step));
        if (floor.flag.stage.state === 'lapsed') {
          return;
        }
        const last = { who, behind: 0, label: 'toxic' } as const;
        if (floor.flag.stage.state !== 'settled') {
          expect(isRefusal(floor.take({ ...last, act: 'claim', pause: 10_000, token: 'none' }).after)).toBe(false);
        }
        const token = floor.flag.stage.state === 'settled' ? 'none' : 'own';
        expect(isRefusal(floor.take({ ...last, act: 'answer', pause: 11, token }).after)).toBe(false);
        expect(floor.flag.stage.state).toBe('settled');
      }),
    );
  });

  it('reaches every state, and every act succeeds at some time and is refused at another', () => {
    const states = new Set<FlagState>();
    const done = new Set<string>();
    for (const [flag, sequence] of fc.sample(fc.tuple(subjects, steps), { numRuns: 300, seed: 7 })) {
      const floor = new Floor(flag);
      for (const step of sequence) {
        const { after } = floor.take(step);
        done.add(`${step.act} ${isRefusal(after) ? 'refused' : 'done'}`);
      }
      floor.seen.forEach((state) => states.add(state));
    }
    expect([...states].sort()).toEqual(['claimed', 'lapsed', 'open', 'settled', 'snoozed']);
    expect([...done].sort()).toEqual(acts.flatMap((act) => [`${act} done`, `${act} refused`]).sort());
  });
});
