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

  it('is the same text again after a load', () => {
    const watch = startWatch();
    recordedStream('digits').forEach(({ prediction }, index) => {
      watchPrediction(
        watch,
        { prediction, position: index + 1, receivedAtMs: streamStartMs + index * 480 },
        watchSettings(),
      );
    });
    const text = saveWatch(watch);
    expect(saveWatch(loadWatch(text))).toBe(text);
  });

  it('of another version is refused, and says so', () => {
    const text = saveWatch(startWatch()).replace('"version":3', '"version":2');
    expect(() => loadWatch(text)).toThrow('the saved watch has version 2, and this program reads version 3 only');
  });

  it.each(['null', '{}', '7', '{"version":3}', '{"version":3,"watch":{}}', '{"version":3,"watch":null}'])(
    'is no %s',
    (text) => {
      expect(() => loadWatch(text)).toThrow('the saved watch');
    },
  );

  it('is no text that is not JSON', () => {
    expect(() => loadWatch('watch')).toThrow(SyntaxError);
  });
});
