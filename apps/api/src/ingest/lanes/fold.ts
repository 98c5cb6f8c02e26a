import type { FlaggedPrediction, FlaggedWindow } from '../../flags/lane-findings.ts';
import type { StreamMinute } from '../../streams/minute-store.ts';
import { CopyLines } from './copy-lines.ts';
import { InstantText } from './instant-text.ts';
import { predictionRow } from './prediction-row.ts';
import type { Placed } from './turn-plan.ts';
import type { WatchedStream } from './watched-stream.ts';

type Finding = ReturnType<WatchedStream['next']>;

/** What the detectors said about a turn, and the rows that it stores. */
export interface Fold {
  readonly rows: CopyLines;
  readonly predictions: readonly FlaggedPrediction[];
  readonly windows: readonly FlaggedWindow[];
  readonly minutes: readonly StreamMinute[];
  /** For each placed prediction, in order. */
  readonly isFlagged: readonly boolean[];
}

/** Shows predictions to their detectors, in order. The watches move on. */
export function fold(placed: readonly Placed[]): Fold {
  const predictions: FlaggedPrediction[] = [];
  const windows: FlaggedWindow[] = [];
  const minutes: StreamMinute[] = [];
  const isFlagged: boolean[] = [];
  const instant = new InstantText();
  const rows = new CopyLines(placed.length);
  for (const each of placed) {
    const { watched, prediction, position, receivedAtMs } = each;
    const finding = watched.next(prediction, receivedAtMs);
    const { signals, isRepeated } = finding;
    isFlagged.push(signals.length > 0);
    if (signals.length > 0) {
      const observed = { prediction, position, receivedAtMs };
      predictions.push({ stream: watched.stream, observed, signals, isRepeated });
    }
    gatherWindows(finding, watched, windows, minutes);
    rows.add(predictionRow(each, instant.of(receivedAtMs), signals, watched.auditChance));
  }
  return { rows, predictions, windows, minutes, isFlagged };
}

/** Adds what a finding says about stretches of its stream. */
export function gatherWindows(
  finding: Finding,
  { stream }: WatchedStream,
  windows: FlaggedWindow[],
  minutes: StreamMinute[],
): void {
  for (const window of finding.windows) windows.push({ stream, window });
  for (const minute of finding.minutes) minutes.push({ streamId: stream.id, minute });
}
