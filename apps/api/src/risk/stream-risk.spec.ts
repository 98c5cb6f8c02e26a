import { describe, expect, it } from '@jest/globals';
import type { Policy } from '@watchfloor/contracts';
import { defaultPolicy } from '@watchfloor/contracts';
import { dice } from '../../../../test/builders/dice.ts';
import { plannedAudits } from './planned-audits.ts';
import { StreamRisk } from './stream-risk.ts';

const policy: Policy = {
  ...defaultPolicy,
  risk: { target: 0.1, confidence: 0.9, reviewBudget: 0.5 },
  detectors: { ...defaultPolicy.detectors, 'audit-sample': { enabled: true, probability: 0.3 } },
};

const signal = (kind: 'audit-sample' | 'low-confidence' | 'rule') => ({
  kind,
  score: 0,
  threshold: 0,
  reason: '',
  evidence: {},
  policyVersion: 1,
});

/** Predictions and answers in turn; a model that errs where it is unsure. */
function play(risk: StreamRisk, from: number, count: number, seed: number, version = '1', riskOfError = 0.3) {
  const random = dice(seed);
  const events: string[] = [];
  for (let position = from; position < from + count; position += 1) {
    const confidence = random();
    const isDrawn = random() < 0.3;
    const prediction = {
      stream: 's',
      id: `p${String(position)}`,
      label: 'a',
      confidence,
      model: { name: 'm', version },
    };
    const signals = isDrawn ? [signal('audit-sample')] : [];
    risk.meet(prediction);
    risk.next(prediction, position, { signals, windows: [], minutes: [], isRepeated: false }, 0.3);
    if (!isDrawn) continue;
    const isError = random() < (1 - confidence) * riskOfError;
    events.push(...risk.answer(position, isError).map(({ kind }) => kind));
  }
  return events;
}

describe('the risk of a stream', () => {
  it('goes on as if nothing had happened when it is saved and loaded anywhere', () => {
    const whole = StreamRisk.start(policy);
    let parts = StreamRisk.start(policy);
    for (const [index, count] of [100, 300, 1_000, 57].entries()) {
      const events = play(whole, index * 2_000, count, index);
      expect(play(parts, index * 2_000, count, index)).toEqual(events);
      parts = StreamRisk.load(policy, parts.save());
      expect(parts).toEqual(whole);
    }
    expect(() => StreamRisk.load(policy, '{"control":"{\\"version\\":0}"}')).toThrow();
  });

  it('wins certificates, plans by them, and loses them with the target', () => {
    const risk = StreamRisk.start(policy);
    expect(play(risk, 1, 6_000, 7, '1', 0.1)).toContain('certified');
    const plan = risk.wanted(policy)!;
    expect(plan.certified).not.toBeNull();
    expect(plan.certified!).toBeLessThanOrEqual(0.5);
    risk.plan = plan;
    expect([risk.hasNewPlan, risk.hasNewEpoch]).toEqual([true, false]);
    risk.tell();
    expect(risk.hasNews).toBe(false);

    risk.follow({ ...policy, risk: { ...policy.risk, target: 0.05 } });
    expect(risk.plan).toBeNull();
    expect([risk.cause, risk.control.epoch, risk.hasNews]).toEqual(['target-changed', 2, true]);
  });

  it('has nothing certified of a new model, and begins one epoch for it even if models take turns', () => {
    const risk = StreamRisk.start(policy);
    play(risk, 1, 2_000, 7);
    risk.plan = risk.wanted(policy);
    for (let turn = 0; turn < 6; turn += 1) play(risk, 3_000 + turn * 10, 10, turn, turn % 2 === 0 ? '2' : '1');
    expect([risk.control.epoch, risk.cause, risk.plan]).toEqual([2, 'model-changed', null]);
  });

  it('does not follow what other detectors flag, and knows no answer twice', () => {
    const risk = StreamRisk.start(policy);
    play(risk, 1, 400, 3);
    const { seen } = risk.figures();
    const prediction = { stream: 's', id: 'x', label: 'a', confidence: 0.9, model: { name: 'm', version: '1' } };
    risk.next(
      prediction,
      500,
      { signals: [signal('audit-sample'), signal('rule')], windows: [], minutes: [], isRepeated: false },
      0.3,
    );
    expect(risk.figures().seen).toBe(seen);
    const before = risk.save();
    risk.answer(500, true);
    expect(risk.save()).toBe(before);
  });
});

describe('the plan of audits', () => {
  it('leaves all to the policy while nobody answers, and where no audits are drawn', () => {
    const risk = StreamRisk.start(policy);
    expect(risk.wanted(policy)).toBeNull();
    play(risk, 1, 6_000, 7, '1', 0.1);
    const off = { ...policy.detectors, 'audit-sample': { enabled: false, probability: 0.3 } };
    expect(risk.wanted({ ...policy, detectors: off })).toBeNull();
  });

  it('does not put a certificate into force for which the budget cannot review the rest', () => {
    const risk = StreamRisk.start(policy);
    play(risk, 1, 20_000, 7);
    const { coverage } = risk.figures();
    expect(coverage).toBeLessThan(0.95);
    const poor = { target: 0.1, confidence: 0.9, reviewBudget: (1 - coverage!) * 0.9 };
    const settings = { ...poor, auditProbability: 0.3, reviewFirst: 1_000, spend: 'all-epochs' as const };
    expect(plannedAudits(risk.control, settings, policy, 0)?.certified ?? null).toBeNull();
  });

  it('draws below the threshold no oftener than above where nobody looks there anyway', () => {
    const risk = StreamRisk.start(policy);
    play(risk, 1, 8_000, 7, '1', 0.1);
    const supervised = risk.wanted(policy)!;
    const autonomous = risk.wanted({ ...policy, autonomy: 'autonomous' })!;
    expect([supervised.below, autonomous.below]).toEqual([1, autonomous.above]);
  });
});
