import { describe, expect, it } from '@jest/globals';
import { minuteSchema, signalSchema, type Prediction } from '@watchfloor/contracts';
import fc from 'fast-check';
import { aHostilePrediction } from '../../../test/builders/a-hostile-prediction.ts';
import { streamStartMs, watchSettings } from '../../../test/builders/a-stream.ts';
import type { Finding } from './finding.ts';
import { saveWatch } from './saved-watch.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import { startWatch } from './stream-watch.ts';
import { watchClock } from './watch-clock.ts';
import { watchPrediction } from './watch-prediction.ts';

const settings = watchSettings(
  {
    rule: { rules: [{ name: 'a', when: [{ field: 'feature:toString', is: 'above', than: 0 }], priority: 'P1' }] },
    'audit-sample': { probability: 0.5 },
    'confidence-shift': { falseAlarmEvery: 1_000 },
    'label-shift': { falseAlarmEvery: 1_000 },
    'latency-shift': { falseAlarmEvery: 1_000 },
  },
  { labels: ['fine', 'toxic'] },
);

const mostBytes = 32 * 1_024;

function expectSound({ signals, windows, minutes }: Finding): void {
  for (const signal of [...signals, ...windows.map((window) => window.signal)]) {
    expect(signalSchema.parse(JSON.parse(JSON.stringify(signal)))).toBeTruthy();
    expect(signal.reason.isWellFormed()).toBe(true);
    expect(signal.reason.length).toBeLessThan(400);
  }
  for (const minute of minutes) {
    expect(minuteSchema.parse(JSON.parse(JSON.stringify(minute)))).toBeTruthy();
  }
}

describe('P12 hostile predictions', () => {
  it('are data: nothing throws, every signal is sound, and the memory stays bounded', () => {
    fc.assert(
      fc.property(fc.array(aHostilePrediction, { minLength: 1, maxLength: 300 }), fc.nat(20_000), (all, gapMs) => {
        const watch = startWatch();
        all.forEach((prediction, index) => {
          const receivedAtMs = streamStartMs + index * gapMs;
          expectSound(watchPrediction(watch, { prediction, position: index + 1, receivedAtMs }, settings));
        });
        expectSound(watchClock(watch, streamStartMs + 1e9, settings));
        expect(saveWatch(watch).length).toBeLessThanOrEqual(mostBytes);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('fill every corner of the memory, and it is still at most 32 KB when saved', () => {
    const watch = startWatch();
    let largest = 0;
    for (let index = 0; index < 8_000; index++) {
      const draw = (salt: number) => drawFrom(index, salt);
      const long = `${index}"${'界'.repeat(30)}`;
      const prediction: Prediction = {
        stream: 'toxicity',
        id: `p${index}`,
        label: index % 3 === 0 ? long : `${'\\"'.repeat(20)}${index % 100}`,
        confidence: draw(1),
        scores: Object.fromEntries(Array.from({ length: 9 }, (_, label) => [`l${label}`, draw(label + 10)])),
        value: (draw(2) - 0.5) * 1e308,
        interval: [-draw(3) * 1e308, draw(4) * 1e308],
        latencyMs: draw(5) ** 9 * 1e9,
        model: { name: `${'m'.repeat(50)}${index % 7}` },
        subjectId: `subject-${index % 97}`,
        features: Object.fromEntries(
          Array.from({ length: 40 }, (_, at) => [`f${at}`, at % 3 === 0 ? long : draw(at + 20) * 10 ** at]),
        ),
        segments: Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`s${at}`, `${index % (3 * at + 2)}`])),
      };
      watchPrediction(watch, { prediction, position: index + 1, receivedAtMs: 1e15 + index * 77.7 }, settings);
      if (index % 61 === 0) {
        largest = Math.max(largest, saveWatch(watch).length);
      }
    }
    expect(largest).toBeGreaterThan(15_000);
    expect(largest).toBeLessThanOrEqual(mostBytes);
  });

  it('could not make more than 32 KB if every array were full', () => {
    const watch = startWatch();
    lengthen(watch);
    watch.windows['label-shift'].names.names.push('x'.repeat(1_000 - 3));
    watch.windows['segment-shift'].watched.names.names.push('x'.repeat(500 - 3));
    watch.minute.labels.names.push('x'.repeat(1_200 - 3));
    watch.predictions.novelty.fields.names.push('x'.repeat(700 - 3));
    watch.predictions.disagreement.models.names.push('x'.repeat(300 - 3));
    watch.predictions.disagreement.labels.names.push('x'.repeat(500 - 3));
    watch.windows.disparity.names.push('x'.repeat(500 - 3));
    expect(saveWatch(watch).length).toBeLessThanOrEqual(mostBytes);
  });

  it.each<[string, Partial<Prediction>]>([
    ['500 scores', { scores: Object.fromEntries(Array.from({ length: 500 }, (_, label) => [`l${label}`, 1 / 500])) }],
    ['empty scores', { scores: {}, label: 'fine' }],
    ['the largest numbers', { value: 1e308, interval: [-1e308, 1e308], confidence: 1e308, latencyMs: 1e308 }],
    ['the smallest numbers', { value: 5e-324, interval: [0, 5e-324], confidence: 5e-324, latencyMs: 5e-324 }],
    ['names of an object', { label: '__proto__', scores: JSON.parse('{"__proto__":0.5,"constructor":0.5}') as never }],
    ['a constant', { label: 'fine', confidence: 0.5, scores: { fine: 0.5, toxic: 0.5 }, latencyMs: 1 }],
  ])('of %s, a thousand times, are taken', (_, changes) => {
    const watch = startWatch();
    for (let index = 0; index < 1_000; index++) {
      const prediction = { stream: 'toxicity', id: `p${index}`, ...changes };
      expectSound(
        watchPrediction(watch, { prediction, position: index + 1, receivedAtMs: streamStartMs + index }, settings),
      );
    }
    expect(saveWatch(watch).length).toBeLessThanOrEqual(mostBytes);
  });

  it('with reasons that no label turns around', () => {
    const prediction = { stream: 'toxicity', id: 'p1', label: '\u202e<script>\u2066', confidence: 0.1 };
    const { signals } = watchPrediction(startWatch(), { prediction, position: 1, receivedAtMs: 0 }, settings);
    const told = signals.map(({ reason }) => reason).join(' ');
    expect(told).toContain('“<script>”');
    expect(told).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

/** No number of a state is 0, every array is full. */
function lengthen(state: object): void {
  for (const [name, value] of Object.entries(state) as [string, unknown][]) {
    if (value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Uint32Array) {
      value.fill(200);
    } else if (value instanceof Float32Array || value instanceof Float64Array) {
      value.fill(1 / 3);
    } else if (typeof value === 'number') {
      Object.assign(state, { [name]: -1.2345678901234567e-100 });
    } else if (typeof value === 'object' && value !== null && name !== 'derived') {
      lengthen(value);
    }
  }
}
