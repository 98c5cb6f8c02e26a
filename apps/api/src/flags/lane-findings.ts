import type { ObservedPrediction, Signal, WindowSignal } from '@watchfloor/contracts';
import type { FoundPrediction } from '@watchfloor/flags';
import type { RegisteredStream } from '../streams/registered-stream.ts';

/** A prediction that detectors spoke of. */
export interface FlaggedPrediction extends FoundPrediction {
  readonly stream: RegisteredStream;
  readonly observed: ObservedPrediction;
  /** At least one. */
  readonly signals: readonly Signal[];
  readonly isRepeated: boolean;
}

/** A stretch of a stream that detectors spoke of. */
export interface FlaggedWindow {
  readonly stream: RegisteredStream;
  readonly window: WindowSignal;
}

/** What the detectors found in one batch of a lane, in order. */
export interface LaneFindings {
  readonly predictions: readonly FlaggedPrediction[];
  readonly windows: readonly FlaggedWindow[];
}

/** The findings of one stream. */
export interface StreamFindings {
  readonly stream: RegisteredStream;
  readonly predictions: readonly FlaggedPrediction[];
  readonly windows: readonly WindowSignal[];
}

/** The findings of a batch, stream by stream, each in its order. */
export function byStream({ predictions, windows }: LaneFindings): readonly StreamFindings[] {
  const found = new Map<
    number,
    { stream: RegisteredStream; predictions: FlaggedPrediction[]; windows: WindowSignal[] }
  >();
  const of = (stream: RegisteredStream) => {
    const known = found.get(stream.id) ?? { stream, predictions: [], windows: [] };
    found.set(stream.id, known);
    return known;
  };
  predictions.forEach((prediction) => of(prediction.stream).predictions.push(prediction));
  windows.forEach(({ stream, window }) => of(stream).windows.push(window));
  return [...found.values()];
}
