import { readFileSync } from 'node:fs';
import type {
  DetectorSettings,
  ObservedPrediction,
  Prediction,
  Signal,
  SignalKind,
  WindowSignal,
} from '@watchfloor/contracts';
import { defaultPolicy } from '@watchfloor/contracts';
import type { Finding, StreamWatch, WatchSettings } from '@watchfloor/detection';
import { auditKey, startWatch, watchClock, watchPrediction } from '@watchfloor/detection';

/** The instant at which streams begin in specs of detectors: a full minute, in milliseconds since 1970. */
export const streamStartMs = Date.parse('2026-11-22T06:00:00.000Z');

/** The secret of the draws in specs: the bytes 0 to 15. */
export const specKey = auditKey(Uint8Array.from({ length: 16 }, (_, index) => index));

export type DetectorChanges = { readonly [Kind in keyof DetectorSettings]?: Partial<DetectorSettings[Kind]> };

/** The default policy, with changes to its detectors. */
export function watchSettings(
  changes: DetectorChanges = {},
  others: Partial<Omit<WatchSettings, 'detectors'>> = {},
): WatchSettings {
  const detectors = Object.fromEntries(
    Object.entries(defaultPolicy.detectors).map(([kind, settings]) => [
      kind,
      { ...settings, ...changes[kind as keyof DetectorSettings] },
    ]),
  ) as DetectorSettings;
  return {
    streamName: 'toxicity',
    policyVersion: 7,
    autonomy: 'supervised',
    labels: [],
    alarms: defaultPolicy.alarms,
    auditKey: specKey,
    auditPlan: null,
    ...others,
    detectors,
  };
}

/** All detectors off but one. */
export function only<Kind extends keyof DetectorSettings>(
  kind: Kind,
  settings: Partial<DetectorSettings[Kind]> = {},
): WatchSettings {
  const off = Object.fromEntries(Object.keys(defaultPolicy.detectors).map((other) => [other, { enabled: false }]));
  return watchSettings({ ...off, [kind]: { enabled: true, ...settings } });
}

/** Everything about a prediction that a spec does not name is sound and ordinary. */
export function aPrediction(changes: Partial<Prediction> = {}): Prediction {
  return { stream: 'toxicity', id: 'p1', label: 'fine', ...changes };
}

/** Predictions as the floor holds them, evenly spaced. */
export function observedAll(
  predictions: readonly Partial<Prediction>[],
  { gapMs = 1_000, startMs = streamStartMs }: { readonly gapMs?: number; readonly startMs?: number } = {},
): ObservedPrediction[] {
  return predictions.map((changes, index) => ({
    prediction: aPrediction({ id: `p${index + 1}`, ...changes }),
    position: index + 1,
    receivedAtMs: startMs + index * gapMs,
  }));
}

/** What a watch says of each prediction, in order. */
export function watchAll(
  predictions: readonly Partial<Prediction>[],
  settings: WatchSettings,
  spacing: { readonly gapMs?: number; readonly startMs?: number } = {},
): Finding[] {
  const watch = startWatch();
  return observedAll(predictions, spacing).map((observed) => watchPrediction(watch, observed, settings));
}

/** Signals of one kind, each with the index of its prediction. */
export function signalsOf(
  findings: readonly Finding[],
  kind: SignalKind,
): { readonly index: number; readonly signal: Signal }[] {
  return findings.flatMap(({ signals, windows }, index) =>
    [...signals, ...windows.map(({ signal }) => signal)]
      .filter((signal) => signal.kind === kind)
      .map((signal) => ({ index, signal })),
  );
}

export function windowsOf(findings: readonly Finding[]): { readonly index: number; readonly window: WindowSignal }[] {
  return findings.flatMap(({ windows }, index) => windows.map((window) => ({ index, window })));
}

/** One line of a recorded stream; see `test/streams`. */
export interface RecordedRow {
  readonly offsetSeconds: number;
  readonly prediction: Prediction;
  readonly truth: { readonly label?: string; readonly value?: number };
  readonly incident: boolean;
}

export function recordedStream(name: 'digits' | 'breast-screening' | 'disease-progression'): RecordedRow[] {
  const text = readFileSync(new URL(`../streams/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedRow);
}

/**
 * Plays a recorded stream to a watch, with a look at the clock every second in between.
 *
 * @param speed how many times faster than recorded
 * @returns what was said of each row; what the clock said belongs to the row before it
 */
export function replay(
  rows: readonly RecordedRow[],
  settings: WatchSettings,
  speed: number,
  watch: StreamWatch = startWatch(),
): Finding[] {
  let clockMs = streamStartMs;
  return rows.map((row, index) => {
    const receivedAtMs = streamStartMs + Math.round((row.offsetSeconds * 1_000) / speed);
    const observed = { prediction: row.prediction, position: index + 1, receivedAtMs };
    const findings = [watchPrediction(watch, observed, settings)];
    const next = rows[index + 1];
    const untilMs =
      next === undefined ? receivedAtMs : streamStartMs + Math.round((next.offsetSeconds * 1_000) / speed);
    clockMs = Math.max(clockMs, receivedAtMs);
    for (; clockMs + 1_000 <= untilMs; clockMs += 1_000) {
      findings.push(watchClock(watch, clockMs + 1_000, settings));
    }
    return {
      signals: findings.flatMap(({ signals }) => signals),
      isRepeated: findings.some(({ isRepeated }) => isRepeated),
      windows: findings.flatMap(({ windows }) => windows),
      minutes: findings.flatMap(({ minutes }) => minutes),
    };
  });
}
