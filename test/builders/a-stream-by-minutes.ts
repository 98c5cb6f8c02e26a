import type { Prediction } from '@watchfloor/contracts';
import type { Finding, WatchSettings } from '@watchfloor/detection';
import { startWatch, watchPrediction } from '@watchfloor/detection';
import { aPrediction, streamStartMs } from './a-stream.ts';

/** What comes in one minute. */
export type MinuteOfPredictions = readonly Partial<Prediction>[];

/**
 * Plays minutes of predictions to a watch, evenly spread over each minute.
 *
 * @returns what was said, each with the minute in which it was
 */
export function watchMinutes(
  minutes: readonly MinuteOfPredictions[],
  settings: WatchSettings,
): { readonly minute: number; readonly finding: Finding }[] {
  const watch = startWatch();
  let position = 0;
  return minutes.flatMap((predictions, minute) =>
    predictions.map((changes, nth) => {
      const prediction = aPrediction({ id: `p${++position}`, ...changes });
      const receivedAtMs = streamStartMs + minute * 60_000 + Math.floor((nth * 60_000) / predictions.length);
      return { minute, finding: watchPrediction(watch, { prediction, position, receivedAtMs }, settings) };
    }),
  );
}
