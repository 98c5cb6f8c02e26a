import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, predictionSignalKinds, signalSchema, windowSignalKinds } from '@watchfloor/contracts';
import { watchMinutes } from '../../../test/builders/a-stream-by-minutes.ts';
import {
  only,
  observedAll,
  signalsOf,
  streamStartMs,
  watchAll,
  watchSettings,
  windowsOf,
} from '../../../test/builders/a-stream.ts';
import { predictionKinds, windowKinds } from './detectors/list.ts';
import { quietFinding } from './finding.ts';
import { saveWatch } from './saved-watch.ts';
import { startWatch } from './stream-watch.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import { watchClock } from './watch-clock.ts';
import { watchPrediction } from './watch-prediction.ts';

/** A stream in which everything goes wrong in turn, so that every detector has something to say. */
function aBadDay() {
  const settings = watchSettings(
    {
      rule: { rules: [{ name: 'big', when: [{ field: 'value', is: 'above', than: 900 }], priority: 'P1' }] },
      'low-confidence': { threshold: 0.3 },
      'small-margin': { threshold: 0.1 },
      'audit-sample': { probability: 0.05 },
    },
    { labels: ['fine', 'toxic'] },
  );
  const watch = startWatch();
  const findings = [];
  let position = 0;
  let nowMs = streamStartMs;
  for (let index = 0; index < 1_200; index++) {
    const draw = drawFrom(index, 91);
    const isBad = index >= 900;
    const isOffice = index % 2 === 0;
    const fine = isBad && isOffice ? 0.2 + draw / 3 : 0.75 + draw / 5;
    const prediction = {
      stream: 'toxicity',
      id: `p${index}`,
      label:
        isBad && index % 4 === 0 ? 'spam' : !isOffice || drawFrom(index, 92) < (isBad ? 0.1 : 0.8) ? 'fine' : 'toxic',
      confidence: fine,
      scores: { fine, toxic: 1 - fine },
      value: draw * 1_000,
      interval: [0, 1_000 + draw * 3_000] as [number, number],
      latencyMs: (isBad ? 50 : 10) * (1 + draw),
      model: { name: 'toxic-bert', version: index % 2 === 0 ? '1' : '2' },
      subjectId: `user-${index >> 1}`,
      segments: {
        source: index === 1_190 ? 'fax' : isOffice ? 'office' : 'web',
        country: drawFrom(index, 95) < (isBad ? 0.9 : 0.3) ? 'SE' : 'DE',
      },
    };
    nowMs += isBad ? 50 : 1_000;
    findings.push(watchPrediction(watch, { prediction, position: ++position, receivedAtMs: nowMs }, settings));
  }
  for (let second = 1; second <= 600; second++) {
    findings.push(watchClock(watch, nowMs + second * 1_000, settings));
  }
  return findings;
}

/** Seven hours of a stream, in the last minutes of which everything comes at once, and otherwise than ever. */
function aBadEvening() {
  const minute = (count: number, value: number) => Array.from({ length: count }, (_, nth) => ({ value: value + nth }));
  const calm = Array.from({ length: 420 }, (_, index) => minute(1 + (index % 2), 100 + (index % 7)));
  return watchMinutes([...calm, minute(60, 900), minute(1, 100)], watchSettings()).map(({ finding }) => finding);
}

describe('P7 every flag carries its reason', () => {
  const findings = [...aBadDay(), ...aBadEvening()];

  it.each([...predictionKinds, ...windowKinds])(
    '%s: with score, threshold, reason, evidence and policy version',
    (kind) => {
      const found = signalsOf(findings, kind);
      expect(found.length).toBeGreaterThan(0);
      for (const { signal } of found) {
        expect(signalSchema.parse(signal)).toEqual(signal);
        expect(signal.kind).toBe(kind);
        expect(Number.isFinite(signal.score)).toBe(true);
        expect(Number.isFinite(signal.threshold)).toBe(true);
        expect(signal.reason).toMatch(/^[A-Z0-9].{20,}\.$/);
        expect(Object.keys(signal.evidence).length).toBeGreaterThan(0);
        expect(signal.policyVersion).toBe(7);
      }
    },
  );

  it('of a stream also with its stretch', () => {
    for (const { window } of windowsOf(findings)) {
      const { from, to, fromPosition, toPosition } = window.stretch;
      expect(Date.parse(to)).toBeGreaterThanOrEqual(Date.parse(from));
      expect(fromPosition).toBeGreaterThanOrEqual(1);
      expect(toPosition).toBeGreaterThanOrEqual(fromPosition);
      expect(toPosition).toBeLessThanOrEqual(1_200);
    }
  });
});

describe('the list of detectors', () => {
  it('has one for every kind of signal, but for the queue’s own', () => {
    expect([...predictionKinds, 'second-look'].toSorted()).toEqual(predictionSignalKinds.toSorted());
    expect([...windowKinds, 'backlog'].toSorted()).toEqual(windowSignalKinds.toSorted());
  });

  it('asks the detector of repeated doubt last', () => {
    expect(windowKinds.at(-1)).toBe('repeated');
  });
});

describe('a watch', () => {
  it('says nothing with one shared object', () => {
    const findings = watchAll(new Array(50).fill({ confidence: 0.9 }), only('low-confidence'));
    expect(findings.every((finding) => finding === quietFinding)).toBe(true);
    expect(Object.isFrozen(quietFinding) && Object.isFrozen(quietFinding.signals)).toBe(true);
  });

  it('says the same of the same', () => {
    const rows = Array.from({ length: 800 }, (_, index) => ({ confidence: drawFrom(index, 93), latencyMs: index }));
    expect(watchAll(rows, watchSettings())).toEqual(watchAll(rows, watchSettings()));
  });

  it('follows a change of the policy at once, and names the version that was in force', () => {
    const watch = startWatch();
    const [first, second] = observedAll([{ confidence: 0.7 }, { confidence: 0.7 }]);
    const strict = { ...only('low-confidence', { threshold: 0.8 }), policyVersion: 8 };
    expect(watchPrediction(watch, first!, only('low-confidence', { threshold: 0.6 })).signals).toEqual([]);
    expect(watchPrediction(watch, second!, strict).signals).toMatchObject([{ threshold: 0.8, policyVersion: 8 }]);
  });

  it('says nothing of a kind that is switched off', () => {
    const findings = watchAll(new Array(100).fill({ confidence: 7 }), only('silence'));
    expect(findings.flatMap(({ signals }) => signals)).toEqual([]);
  });

  it('forgets what a detector knew that is switched off', () => {
    const watch = startWatch();
    const learnt = observedAll(new Array(200).fill({ confidence: 0.9 }));
    learnt.forEach((observed) => watchPrediction(watch, observed, watchSettings()));
    const off = watchSettings({ 'low-confidence': { enabled: false }, 'confidence-shift': { enabled: false } });
    watchPrediction(watch, { ...learnt[0]!, position: 201 }, off);
    expect(watch.predictions['low-confidence'].recent.added).toBe(0);
    expect(watch.windows['confidence-shift'].all.history.count).toBe(0);
    expect(watch.windows['label-shift'].mix.all.events).toBeGreaterThan(0);
  });

  it('says nothing new because of the mode of autonomy', () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ confidence: drawFrom(index, 94) }));
    const all = (autonomy: 'autonomous' | 'gated') => watchAll(rows, watchSettings({}, { autonomy }));
    expect(all('autonomous')).toEqual(all('gated'));
  });

  it('under the default policy flags at most 11 in 100 of a stream of many labels', () => {
    const rows = Array.from({ length: 4_000 }, (_, index) => {
      const weights = Array.from({ length: 8 }, (_, label) => drawFrom(index, 100 + label) ** 6);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const scores = Object.fromEntries(weights.map((weight, label) => [`l${label}`, weight / sum]));
      const [label, confidence] = Object.entries(scores).toSorted((a, b) => b[1] - a[1])[0]!;
      return { label, confidence, scores };
    });
    const settings = { ...watchSettings(), detectors: defaultPolicy.detectors };
    const flagged = watchAll(rows, settings).filter(({ signals }) => signals.length > 0).length;
    expect(flagged / rows.length).toBeLessThanOrEqual(0.11);
  });

  it('is small while it is young', () => {
    expect(saveWatch(startWatch()).length).toBeLessThan(4_000);
  });
});
