import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dice } from '../../../test/builders/dice.ts';
import { answer, type RiskEvent } from './answer.ts';
import { arrive, raiseAudits, type Arrival } from './arrive.ts';
import { importHistory } from './import-history.ts';
import { lookPlan } from './look-plan.ts';
import { needsNewEpoch, startEpoch, startRiskControl, type RiskControl } from './risk-control.ts';
import { riskFigures } from './risk-figures.ts';
import { defaultRiskSettings, deltaOfEpoch, type RiskSettings } from './risk-settings.ts';
import { loadRiskControl, saveRiskControl } from './saved-risk-control.ts';

const settings: RiskSettings = { ...defaultRiskSettings, target: 0.05, confidence: 0.9, reviewBudget: 1 };

/** Plays a stream whose answers come at once: the model is wrong with a probability that its confidence tells. */
function play(
  control: RiskControl,
  count: number,
  riskAt: (confidence: number) => number,
  random: () => number,
  given = settings,
): RiskEvent[] {
  const events: RiskEvent[] = [];
  for (let index = 0; index < count; index++) {
    const confidence = random();
    const plan = lookPlan(control, given);
    const isReleased = plan.certified !== null && confidence >= plan.certified;
    const probability = isReleased ? plan.probabilityAbove : plan.probabilityBelow;
    const isDrawn = random() < probability;
    const ticket = arrive(control, { confidence, probability, least: plan.least, isDrawn, isReleased });
    if (ticket !== null) {
      events.push(...answer(control, given, ticket, random() < riskAt(confidence)));
    }
  }
  return events;
}

const rising = (confidence: number) => 0.4 * (1 - confidence) ** 2;

describe('the control of a risk', () => {
  it('certifies thresholds one below the other, and goes over to auditing', () => {
    const control = startRiskControl(settings);
    const events = play(control, 8_000, rising, dice(5));
    const certified = events.map((event) => (event.kind === 'certified' ? event.threshold : -1));
    expect(certified.length).toBeGreaterThan(2);
    expect(certified).toEqual([...certified].sort((a, b) => b - a));
    const { plan, coverage, thresholds } = riskFigures(control, settings);
    expect(plan).toMatchObject({ phase: 'auditing', probabilityAbove: 0.05, probabilityBelow: 1, least: 0.05 });
    // The risk above a confidence c is .4 (1 - c)^2 / 3, so .05 is kept down to a confidence of .39.
    expect(plan.certified).toBeGreaterThan(0.387);
    expect(coverage).toBeGreaterThan(0.4);
    expect(thresholds.filter(({ isCertified }) => isCertified).every(({ wealth, needed }) => wealth >= needed!)).toBe(
      true,
    );
  });

  it('certifies nothing where the model errs more than the target', () => {
    const control = startRiskControl(settings);
    expect(play(control, 5_000, () => 0.06, dice(6))).toEqual([]);
    expect(lookPlan(control, settings)).toMatchObject({ phase: 'review-first', certified: null, probabilityBelow: 1 });
  });

  it('certifies from an imported history, and audits from then on', () => {
    const control = startRiskControl(settings);
    const random = dice(18);
    const past = Array.from({ length: 4_000 }, () => {
      const confidence = random();
      return { confidence, isError: random() < rising(confidence) };
    });
    const events = importHistory(control, settings, past);
    expect(events.length).toBeGreaterThan(2);
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['certified']));
    expect(lookPlan(control, settings).phase).toBe('auditing');
  });

  it('draws nothing where people can look at nothing', () => {
    const none = { ...settings, reviewBudget: 0 };
    expect(lookPlan(startRiskControl(none), none)).toMatchObject({ probabilityAbove: 0, probabilityBelow: 0 });
  });

  it('revokes all when the risk rises, and begins anew with less to spend', () => {
    const control = startRiskControl(settings);
    play(control, 6_000, rising, dice(7));
    const before = control.certified;
    const events = play(control, 30_000, () => 0.15, dice(8));
    const revoked = events.find(({ kind }) => kind === 'revoked');
    expect(before).toBeGreaterThan(0);
    expect(revoked).toMatchObject({ epoch: 1, needed: 10_000 });
    expect(control).toMatchObject({ epoch: 2, certified: -1, delta: deltaOfEpoch(settings, 2) });
  });

  it('spends no more than it may over all epochs', () => {
    const spent = Array.from({ length: 10_000 }, (_, index) => deltaOfEpoch(settings, index + 1));
    expect(spent.reduce((sum, delta) => sum + delta, 0)).toBeLessThanOrEqual(0.1);
    expect(deltaOfEpoch({ ...settings, spend: 'each-epoch' }, 7)).toBeCloseTo(0.1);
  });

  it('needs a new epoch for a new target, and not for a new budget', () => {
    const control = startRiskControl(settings);
    expect(needsNewEpoch(control, { ...settings, reviewBudget: 0.2 })).toBe(false);
    expect(needsNewEpoch(control, { ...settings, target: 0.02 })).toBe(true);
    expect(needsNewEpoch(control, { ...settings, confidence: 0.95 })).toBe(true);
    startEpoch(control, { ...settings, target: 0.02 });
    expect(control).toMatchObject({ epoch: 2, target: 0.02 });
    expect(needsNewEpoch(control, { ...settings, target: 0.02 })).toBe(false);
  });

  it('draws within the budget', () => {
    const modest = { ...settings, reviewBudget: 0.1, reviewFirst: 300 };
    const control = startRiskControl(modest);
    expect(lookPlan(control, modest)).toMatchObject({
      phase: 'learning-grid',
      probabilityAbove: 0.1,
      probabilityBelow: 0.1,
    });
    play(control, 12_000, () => 0.001, dice(9), modest);
    const audited = lookPlan(control, modest);
    expect(audited).toMatchObject({ phase: 'auditing', probabilityBelow: 1 });
    expect(audited.probabilityAbove).toBeLessThanOrEqual(0.05);
    raiseAudits(control);
    expect(lookPlan(control, modest).probabilityAbove).toBeLessThanOrEqual(0.1 + 1e-9);
    expect(lookPlan(control, { ...modest, reviewBudget: 1 }).probabilityAbove).toBeCloseTo(0.2);
    play(control, 2_000, () => 0.001, dice(10), modest);
    expect(lookPlan(control, { ...modest, reviewBudget: 1 }).probabilityAbove).toBeCloseTo(0.05);
  });

  it('draws nothing more while too many answers are open', () => {
    const control = startRiskControl(settings);
    const random = dice(11);
    const tickets = Array.from({ length: 700 }, () =>
      arrive(control, { confidence: random(), probability: 1, least: 1, isDrawn: true, isReleased: false }),
    ).filter((ticket) => ticket !== null);
    expect(tickets).toHaveLength(256);
    expect(lookPlan(control, settings)).toMatchObject({ isBacklogged: true, probabilityAbove: 0, probabilityBelow: 0 });
    answer(control, settings, tickets[0]!, false);
    expect(lookPlan(control, settings).isBacklogged).toBe(false);
  });

  it('lays thresholds anew when confidences have become others before anything was certified', () => {
    const control = startRiskControl(settings);
    play(control, 300, () => 0.5, dice(15));
    const events: RiskEvent[] = [];
    for (let index = 0; index < 2_000; index++) {
      const ticket = arrive(control, {
        confidence: 0.95 + index / 50_000,
        probability: 1,
        least: 1,
        isDrawn: true,
        isReleased: false,
      });
      events.push(...(ticket === null ? [] : answer(control, settings, ticket, index % 2 === 0)));
    }
    expect(events).toEqual([{ kind: 'renewed', epoch: 1 }]);
    expect(control.epoch).toBe(2);
    expect(control.grid[0]).toBeGreaterThan(0.95);
  });

  it('audits more while a rise is suspected', () => {
    const control = startRiskControl(settings);
    play(control, 6_000, rising, dice(7));
    expect(lookPlan(control, settings).probabilityAbove).toBeCloseTo(0.05);
    const random = dice(16);
    while (riskFigures(control, settings).drift.evidence < 200) {
      play(control, 1, () => 0.3, random);
    }
    expect(lookPlan(control, settings).probabilityAbove).toBeCloseTo(0.2);
  });

  it('gives nothing back to bets that have not paid for it', () => {
    const control = startRiskControl(settings);
    play(control, 256, () => 0, dice(17));
    const next = () => arrive(control, { confidence: 0.5, probability: 1, least: 1, isDrawn: true, isReleased: true })!;
    const late = next();
    for (let index = 0; index < 499; index++) {
      answer(control, settings, next(), false);
    }
    const before = control.wealth.won.slice();
    expect(control.wealth.settled).toBe(500);
    expect(control.queue.charged).toHaveLength(1);
    answer(control, settings, late, false);
    expect(control.wealth.won).toEqual(before);
    expect(control).toMatchObject({ answers: 500, queue: { charged: [] } });
  });

  it('takes no answer of an earlier epoch', () => {
    const control = startRiskControl(settings);
    play(control, 300, rising, dice(12));
    const ticket = arrive(control, { confidence: 0.9, probability: 1, least: 1, isDrawn: true, isReleased: false })!;
    startEpoch(control, settings);
    expect(answer(control, settings, ticket, true)).toEqual([]);
    expect(control.answers).toBe(0);
  });
});

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -0, 5e-324),
  fc.double({ min: 0, max: 1 }),
);
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      confidence: anyNumber,
      probability: anyNumber,
      least: anyNumber,
      isDrawn: fc.boolean(),
      isReleased: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ back: fc.integer({ min: -2, max: 300 }), isError: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom('raise' as const) },
);
type Act = Arrival | { readonly back: number; readonly isError: boolean } | 'raise';

function perform(control: RiskControl, given: RiskSettings, done: Act): unknown {
  if (done === 'raise') {
    raiseAudits(control);
    return null;
  }
  return 'back' in done
    ? answer(control, given, control.seen - done.back, done.isError)
    : [arrive(control, done), lookPlan(control, given)];
}

describe('a saved control', () => {
  const started = () => {
    const control = startRiskControl(settings);
    play(control, 1_000, rising, dice(13));
    return control;
  };

  it('goes on as if it had never been saved', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), fc.nat(120), (acts, at) => {
        const kept = started();
        let saved = started();
        acts.forEach((one, index) => {
          saved = index === at ? loadRiskControl(saveRiskControl(saved)) : saved;
          expect(perform(saved, settings, one)).toEqual(perform(kept, settings, one));
        });
        expect(saved).toEqual(kept);
        expect(riskFigures(saved, settings)).toEqual(riskFigures(kept, settings));
      }),
      { numRuns: 40 },
    );
  });

  it('takes hostile numbers and settings without a complaint, and stays small', () => {
    const hostile = fc.record({
      target: anyNumber,
      confidence: anyNumber,
      reviewBudget: anyNumber,
      auditProbability: anyNumber,
      reviewFirst: anyNumber,
      spend: fc.constantFrom('all-epochs' as const, 'each-epoch' as const),
    });
    fc.assert(
      fc.property(hostile, fc.array(act, { maxLength: 400 }), (given, acts) => {
        const control = startRiskControl(given);
        acts.forEach((one) => perform(control, given, one));
        riskFigures(control, given);
        expect(loadRiskControl(saveRiskControl(control))).toEqual(control);
      }),
      { numRuns: 100 },
    );
  });

  it('takes 32 KB at most', () => {
    const control = startRiskControl(settings);
    control.seen = 1e15;
    play(control, 3_000, rising, dice(14));
    for (let index = 0; index < 60_000; index++) {
      const ticket = arrive(control, {
        confidence: 1 / 3,
        probability: 1 / 3,
        least: 1 / 7,
        isDrawn: true,
        isReleased: true,
      });
      if (ticket !== null && index % 130 !== 0) {
        answer(control, settings, ticket, false);
      }
    }
    expect(control.queue.charged).toHaveLength(256);
    expect(new TextEncoder().encode(saveRiskControl(control)).length).toBeLessThan(32_768);
  });

  it.each(['{}', '[]', 'null', '{"version":2,"control":{}}', '{"version":1,"control":{"epoch":1}}', '{"version":1}'])(
    'is refused when it is %s',
    (text) => {
      expect(() => loadRiskControl(text)).toThrow(/saved/);
    },
  );
});
