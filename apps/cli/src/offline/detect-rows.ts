import type { PolicySettings } from '@watchfloor/contracts';
import { defaultPolicy } from '@watchfloor/contracts';
import type { Finding, StreamWatch, WatchSettings } from '@watchfloor/detection';
import { auditKey, startWatch, watchClock, watchPrediction } from '@watchfloor/detection';
import type { RecordedPrediction } from '../replay/recording.ts';

/** A recorded prediction with its place. */
export interface RecordedLine {
  readonly number: number;
  readonly recorded: RecordedPrediction;
}

export interface DetectTally {
  predictions: number;
  signals: number;
  windows: number;
}

/** As many streams as one recording may hold; each takes some memory. */
export const mostStreams = 10_000;

/** A longer pause is looked at for its first day only. */
const mostPauseSeconds = 86_400;

const noKey = auditKey(new Uint8Array(16));

interface Watched {
  readonly watch: StreamWatch;
  readonly settings: WatchSettings;
  position: number;
}

/**
 * Runs the detectors over a recording, as the server would while it comes in: each prediction, and the clock every second. The
 * audit sample is left out.
 *
 * @param startMs the instant at which the recording begins, milliseconds since 1970
 * @returns lines of JSON: `{line, stream, id, signal}` of a prediction, `{line, stream, stretch, signal}` of a stream
 * @throws Error when there are too many streams
 */
export async function* detectLines(
  lines: AsyncIterable<RecordedLine>,
  policy: PolicySettings,
  startMs: number,
  tally: DetectTally,
): AsyncGenerator<string> {
  const streams = new Map<string, Watched>();
  let nowMs = startMs;
  for await (const { number, recorded } of lines) {
    // A server stamps predictions as they come, so time never runs backwards there.
    const receivedAtMs = Math.max(nowMs, startMs + Math.round(recorded.offsetSeconds * 1_000));
    const lastMs = Math.min(receivedAtMs, nowMs + mostPauseSeconds * 1_000);
    for (nowMs += 1_000; nowMs <= lastMs; nowMs += 1_000) {
      for (const [stream, { watch, settings }] of streams) {
        yield* told(watchClock(watch, nowMs, settings), { line: number - 1, stream }, tally);
      }
    }
    nowMs = receivedAtMs;
    const { prediction } = recorded;
    const watched = streams.get(prediction.stream) ?? watchOf(prediction.stream, policy, streams);
    watched.position++;
    const observed = { prediction, position: watched.position, receivedAtMs };
    const finding = watchPrediction(watched.watch, observed, watched.settings);
    tally.predictions++;
    for (const signal of finding.signals) {
      tally.signals++;
      yield `${JSON.stringify({ line: number, stream: prediction.stream, id: prediction.id, signal })}\n`;
    }
    yield* told(finding, { line: number, stream: prediction.stream }, tally);
  }
}

function watchOf(streamName: string, policy: PolicySettings, streams: Map<string, Watched>): Watched {
  if (streams.size >= mostStreams) {
    throw new Error(`the recording has more than ${mostStreams} streams`);
  }
  const { autonomy, labels, alarms } = policy;
  const policyVersion = defaultPolicy.version;
  // Only who knows a server's secret key can repeat its draws; others would point at other predictions.
  const detectors = { ...policy.detectors, 'audit-sample': { enabled: false, probability: 0 } };
  const settings = { streamName, policyVersion, autonomy, labels, alarms, detectors, auditKey: noKey, auditPlan: null };
  const watched = { watch: startWatch(), settings, position: 0 };
  streams.set(streamName, watched);
  return watched;
}

function* told(
  { windows }: Finding,
  place: { readonly line: number; readonly stream: string },
  tally: DetectTally,
): Generator<string> {
  for (const { stretch, signal } of windows) {
    tally.windows++;
    yield `${JSON.stringify({ ...place, stretch, signal })}\n`;
  }
}
