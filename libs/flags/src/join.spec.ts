import { describe, expect, it } from '@jest/globals';
import { plusSeconds } from '@watchfloor/contracts';
import {
  aFlag,
  aFound,
  anAttempt,
  anId,
  aWindow,
  aWindowFlag,
  claimedBy,
  mika,
  noon,
} from '../../../test/builders/a-flag.ts';
import type { FlagLife } from './flag-life.ts';
import { answeredQuietSeconds, join } from './join.ts';
import { snooze } from './let-go.ts';
import { settle } from './settle.ts';

const rules = { labels: [], reasonRequired: false, undoSeconds: 10 };
const items = (count: number, kinds: Parameters<typeof aFound>[0] = {}) =>
  Array.from({ length: count }, (_, index) => aFound({ ...kinds, position: index + 1 }));
const joined = (flag: FlagLife, findings: Partial<Parameters<typeof join>[1]>, at = noon) =>
  join(flag, { windows: [], predictions: [], ...findings }, at) as FlagLife;
const gathering = joined(aWindowFlag('repeated'), { predictions: items(3) });

describe('joining a window flag', () => {
  it('counts the items and stretches the window over them', () => {
    const found = aFound({ position: 120_000 });
    expect(joined(gathering, { predictions: [found] }).subject).toMatchObject({
      itemCount: 4,
      to: new Date(found.observed.receivedAtMs).toISOString(),
    });
  });

  it('keeps the version for more of the same, so that the flag can be answered while it grows', () => {
    const held = claimedBy(mika, gathering);
    const more = joined(held, { predictions: items(50) });
    expect(more.version).toBe(held.version);
    const attempt = anAttempt(mika, { version: held.version, claimDigest: mika.name });
    expect(settle(more, attempt, { verdict: 'overridden' }, rules, anId(1))).toMatchObject({
      stage: { state: 'settled' },
    });
  });

  it('makes a new version for a kind that is new to it', () => {
    const more = joined(gathering, { predictions: items(1, { kinds: ['small-margin'] }) });
    expect(more).toMatchObject({
      version: gathering.version + 1,
      kinds: ['repeated', 'low-confidence', 'small-margin'],
    });
  });

  it('rises as the items grow in number, and with an urgent item', () => {
    const thousand = joined(gathering, { predictions: items(997) });
    expect(thousand).toMatchObject({ version: gathering.version + 1, priority: 'P1' });
    const urgent = items(1, { kinds: ['malformed'] });
    expect(joined(aWindowFlag('burst'), { predictions: urgent }).priority).toBe('P2');
  });

  it('never becomes less urgent than somebody has made it', () => {
    expect(joined({ ...gathering, priority: 'P1' }, { predictions: items(1) }).priority).toBe('P1');
  });

  it('keeps the raising signal first and the newest of each kind', () => {
    const first = aWindowFlag('confidence-shift');
    const again = joined(first, { windows: [aWindow('confidence-shift', { score: 1 }), aWindow('label-shift')] });
    const newest = joined(again, { windows: [aWindow('confidence-shift', { score: 2 })] });
    expect(newest.signals.map(({ kind, score }) => [kind, score])).toEqual([
      ['confidence-shift', 0.5],
      ['confidence-shift', 2],
      ['label-shift', 0.5],
    ]);
  });

  it('wakes a snoozed flag when the question changes, and lets it sleep otherwise', () => {
    const asleep = snooze(
      claimedBy(mika, gathering),
      anAttempt(mika, { claimDigest: mika.name }),
      plusSeconds(noon, 3_600),
    ) as FlagLife;
    expect(joined(asleep, { predictions: items(1) }).stage.state).toBe('snoozed');
    expect(joined(asleep, { predictions: items(1, { kinds: ['malformed'] }) })).toMatchObject({
      version: asleep.version + 2,
      stage: { state: 'open' },
    });
  });

  it('is a mistake for a flag on one prediction', () => {
    expect(() => join(aFlag(), { windows: [], predictions: items(1) }, noon)).toThrow(RangeError);
  });
});

describe('joining an answered window flag', () => {
  const attempt = anAttempt(mika, { version: 3, claimDigest: mika.name });
  const answered = settle(claimedBy(mika, gathering), attempt, { verdict: 'overridden' }, rules, anId(1)) as FlagLife;
  const quiet = plusSeconds(noon, answeredQuietSeconds - 1);

  it('goes on for a while with what it was answered for', () => {
    expect(joined(answered, { predictions: items(2) }, quiet)).toMatchObject({
      version: answered.version,
      stage: { state: 'settled' },
      subject: { itemCount: 5 },
    });
  });

  it.each([
    ['the time is over', { predictions: items(2) }, plusSeconds(noon, answeredQuietSeconds)],
    ['a detector finds something again', { windows: [aWindow('confidence-shift')] }, quiet],
    ['the items are of a new kind', { predictions: items(2, { kinds: ['malformed'] }) }, quiet],
  ])('ends when %s', (_name, findings, at) => {
    expect(joined(answered, findings, at)).toMatchObject({ refused: 'already-settled' });
  });
});
