import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordedStream, streamStartMs, watchSettings } from '../../../test/builders/a-stream.ts';
import { aHostilePrediction, aSoundPrediction } from '../../../test/builders/a-hostile-prediction.ts';
import { loadWatch, saveWatch } from './saved-watch.ts';
import { startWatch, type StreamWatch } from './stream-watch.ts';
import { watchClock } from './watch-clock.ts';
import { watchFigures } from './watch-figures.ts';
import { watchPrediction } from './watch-prediction.ts';
import type { WatchSettings } from './watch-settings.ts';
import type { Prediction } from '@watchfloor/contracts';

/** One step of a stream's life. */
type Step = { readonly prediction: Prediction; readonly gapMs: number } | { readonly clockMs: number };

/** All that is said on the way, the watch being saved and loaded before the steps named. */
function live(steps: readonly Step[], settings: WatchSettings, savedBefore: ReadonlySet<number>): string[] {
  let watch: StreamWatch = startWatch();
  let nowMs = streamStartMs;
  let position = 0;
  return steps.map((step, index) => {
    watch = savedBefore.has(index) ? loadWatch(saveWatch(watch)) : watch;
    nowMs += 'clockMs' in step ? step.clockMs : step.gapMs;
    const finding =
      'clockMs' in step
        ? watchClock(watch, nowMs, settings)
        : watchPrediction(watch, { prediction: step.prediction, position: ++position, receivedAtMs: nowMs }, settings);
    return JSON.stringify([finding, watchFigures(watch)]);
  });
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 15, arbitrary: fc.record({ prediction: aSoundPrediction, gapMs: fc.nat(5_000) }) },
    { weight: 4, arbitrary: fc.record({ prediction: aHostilePrediction, gapMs: fc.nat(5_000) }) },
    { weight: 1, arbitrary: fc.record({ clockMs: fc.nat(100_000) }) },
  ),
  { minLength: 1, maxLength: 250, size: 'max' },
);

describe('a saved watch', () => {
  it('says the same as one that was never saved, whenever it was saved, whatever came', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat(250)), (all, saves) => {
        const settings = watchSettings({
          'low-confidence': { share: 0.3 },
          'confidence-shift': { falseAlarmEvery: 1_000 },
        });
        expect(live(all, settings, new Set(saves))).toEqual(live(all, settings, new Set()));
      }),
      // Each try to shrink a failure would replay and save hundreds of steps, for many minutes in all.
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('says the same of recorded streams, saved now and then', () => {
    for (const name of ['digits', 'breast-screening', 'disease-progression'] as const) {
      const rows = recordedStream(name).map(({ prediction }): Step => ({ prediction, gapMs: 480 }));
      const settings = watchSettings({}, { streamName: name });
      const everySo = new Set(rows.flatMap((_, index) => (index % 97 === 13 ? [index] : [])));
      expect(live(rows, settings, everySo)).toEqual(live(rows, settings, new Set()));
    }
  });

  it('is the same bytes again after a load', () => {
    const watch = startWatch();
    recordedStream('digits').forEach(({ prediction }, index) => {
      watchPrediction(
        watch,
        { prediction, position: index + 1, receivedAtMs: streamStartMs + index * 480 },
        watchSettings(),
      );
    });
    const saved = saveWatch(watch);
    expect(saveWatch(loadWatch(saved))).toEqual(saved);
  });

  it('of another version is refused, and says so', () => {
    const saved = saveWatch(startWatch()).with(0, 1);
    expect(() => loadWatch(saved)).toThrow('the saved watch has version 1, and this program reads version 4 only');
  });

  it.each([[[]], [[4]], [[4, 0, 0]], [[123, 125]]])('is none: %j', (bytes) => {
    expect(() => loadWatch(Uint8Array.from(bytes))).toThrow('the saved watch');
  });
});
