import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, watchAll, watchSettings } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';
import { startWatch } from '../stream-watch.ts';
import { watchFigures } from '../watch-figures.ts';
import { watchPrediction } from '../watch-prediction.ts';

const byShare = only('low-confidence', { share: 0.08, threshold: null });

function confidences(count: number, confidenceAt: (index: number, draw: number) => number) {
  return Array.from({ length: count }, (_, index) => ({ confidence: confidenceAt(index, drawFrom(index, 31)) }));
}

describe('low confidence', () => {
  it('is held against the threshold of the policy, where there is one', () => {
    const findings = watchAll([{ confidence: 0.59 }, { confidence: 0.6 }], only('low-confidence', { threshold: 0.6 }));
    expect(signalsOf(findings, 'low-confidence')).toEqual([
      {
        index: 0,
        signal: {
          kind: 'low-confidence',
          score: 0.59,
          threshold: 0.6,
          reason: 'The model is only 59 % sure of “fine”; the policy asks for 60 %.',
          evidence: { mode: 'threshold', label: 'fine' },
          policyVersion: 7,
        },
      },
    ]);
  });

  it('is the least sure share of the stream otherwise', () => {
    const findings = watchAll(
      confidences(5_000, (_, draw) => 0.6 + 0.4 * draw),
      byShare,
    );
    const share = signalsOf(findings, 'low-confidence').length / 5_000;
    expect(share).toBeGreaterThan(0.06);
    expect(share).toBeLessThanOrEqual(0.085);
    for (const { signal } of signalsOf(findings, 'low-confidence')) {
      expect(signal.score).toBeLessThanOrEqual(signal.threshold);
    }
  });

  it('follows a model that becomes less sure, within its last 500', () => {
    const findings = watchAll(
      confidences(6_000, (index, draw) => (index < 3_000 ? 0.8 : 0.4) + 0.2 * draw),
      byShare,
    );
    const later = signalsOf(findings, 'low-confidence').filter(({ index }) => index >= 3_600).length / 2_400;
    expect(later).toBeGreaterThan(0.06);
    expect(later).toBeLessThan(0.1);
  });

  it('is one half for the first twelve', () => {
    const findings = watchAll(
      confidences(12, (index) => (index % 2 === 0 ? 0.45 : 0.55)),
      byShare,
    );
    expect(signalsOf(findings, 'low-confidence').map(({ index }) => index)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it('does not turn a model of many labels, never surer than a third, into a flood', () => {
    const findings = watchAll(
      confidences(400, (_, draw) => 0.1 + 0.2 * draw),
      watchSettings(),
    );
    expect(signalsOf(findings, 'low-confidence').length).toBeLessThan(12 + 0.12 * 400);
    expect(signalsOf(findings, 'repeated')).toEqual([]);
  });

  it('is nothing in a stream that is always equally sure', () => {
    expect(
      signalsOf(
        watchAll(
          confidences(1_000, () => 1),
          byShare,
        ),
        'low-confidence',
      ),
    ).toEqual([]);
  });

  it('takes the score of the answer where no confidence is given, and nothing where there is neither', () => {
    const settings = only('low-confidence', { threshold: 0.6 });
    const findings = watchAll([{ scores: { fine: 0.5, toxic: 0.5 } }, {}, { scores: { toxic: 0.5 } }], settings);
    expect(signalsOf(findings, 'low-confidence').map(({ index }) => index)).toEqual([0]);
  });

  it('leaves what is no probability to others', () => {
    const settings = only('low-confidence', { threshold: 0.6 });
    expect(signalsOf(watchAll([{ confidence: -1 }, { confidence: 55 }], settings), 'low-confidence')).toEqual([]);
  });

  it('holds against the certified confidence where one is in force, whatever the policy says', () => {
    const auditPlan = { certified: 0.8, above: 0.1, below: 1 };
    const given = [{ confidence: 0.79 }, { confidence: 0.8 }, {}, { confidence: 7 }];
    for (const threshold of [null, 0.6, 0.9]) {
      const findings = watchAll(given, { ...only('low-confidence', { threshold }), auditPlan });
      const signals = signalsOf(findings, 'low-confidence');
      expect(signals.map(({ index }) => index)).toEqual([0, 2, 3]);
      expect(signals[0]?.signal.reason).toContain('the certificate asks for 80 %');
    }
  });

  it('tells below which confidence it flags just now', () => {
    const watch = startWatch();
    expect(watchFigures(watch).flaggedBelow).toBeNull();
    const see = (position: number, settings = byShare) =>
      watchPrediction(
        watch,
        {
          prediction: { stream: 'toxicity', id: `p${position}`, label: 'fine', confidence: 0.5 + position / 1_000 },
          position,
          receivedAtMs: position,
        },
        settings,
      );
    see(1);
    expect(watchFigures(watch).flaggedBelow).toBe(0.5);
    for (let position = 2; position <= 100; position++) {
      see(position);
    }
    expect(watchFigures(watch).flaggedBelow).toBe(0.508);
    see(101, only('low-confidence', { threshold: 0.7 }));
    expect(watchFigures(watch).flaggedBelow).toBe(0.7);
    see(102, only('malformed'));
    expect(watchFigures(watch).flaggedBelow).toBeNull();
  });
});
