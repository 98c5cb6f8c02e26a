import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, Prediction } from '@watchfloor/contracts';
import { dueAtMs, freshId } from './pace.ts';
import { readRecording } from './recording.ts';

/** Where replayed items go: the SDK in the command, a list in a spec. */
export interface Sink {
  /** Resolves as soon as there is room for more. */
  predict(prediction: Prediction): Promise<void>;
  outcome(outcome: Outcome): Promise<void>;
}

export interface ReplayOptions {
  /** Recorded seconds in one real second; `Infinity` sends as fast as the server takes it. */
  readonly speed: number;
  /** Start again at the end, until aborted. Repeated rounds get fresh ids. */
  readonly loop: boolean;
  /** Give every id a suffix of this run, so that a second run is not a duplicate of the first. */
  readonly freshIds: boolean;
  /** Recorded seconds between a prediction and its truth; null sends no truth. */
  readonly truthAfterSeconds: number | null;
  readonly signal: AbortSignal;
  /** Called after each prediction handed over. */
  readonly onProgress: (sent: number) => void;
}

interface WaitingTruth {
  readonly dueMs: number;
  readonly outcome: Outcome;
}

/** Plays one recording at its own rhythm, times `speed`. Resolves when all, truth included, is handed over. */
export async function replay(file: string, sink: Sink, options: ReplayOptions): Promise<void> {
  const run = Date.now().toString(36);
  const truths: WaitingTruth[] = [];
  for (let round = 0; ; round += 1) {
    const suffix = options.freshIds || round > 0 ? `${run}.${String(round)}` : null;
    // Truths of a round come during the next: a stream that loops does not fall silent until the last one is out.
    await playRound(file, sink, options, { suffix, truths });
    if (!options.loop || options.signal.aborted) break;
  }
  for (const { dueMs, outcome } of truths) {
    await waitUntil(dueMs, options.signal);
    if (options.signal.aborted) return;
    await sink.outcome(outcome);
  }
}

interface Round {
  /** Behind the ids; null for those that were recorded. */
  readonly suffix: string | null;
  /** Those that are still to come, this round's put behind those of earlier ones. */
  readonly truths: WaitingTruth[];
}

async function playRound(file: string, sink: Sink, options: ReplayOptions, { suffix, truths }: Round): Promise<void> {
  const startMs = Date.now();
  let sent = 0;
  for await (const { offsetSeconds, prediction, truth } of readRecording(file)) {
    await waitUntil(dueAtMs(startMs, offsetSeconds, options.speed), options.signal);
    if (options.signal.aborted) return;
    const id = suffix === null ? prediction.id : freshId(prediction.id, suffix);
    await sink.predict({ ...prediction, id, at: new Date().toISOString() });
    if (truth !== undefined && options.truthAfterSeconds !== null) {
      const dueMs = dueAtMs(startMs, offsetSeconds + options.truthAfterSeconds, options.speed);
      truths.push({ dueMs, outcome: { ...truth, id } });
    }
    await sendTruths(truths, sink, Date.now());
    sent += 1;
    options.onProgress(sent);
  }
}

/** Truths are due in the order of their predictions, so the first that has to wait ends the search. */
async function sendTruths(truths: WaitingTruth[], sink: Sink, nowMs: number): Promise<void> {
  const firstWaiting = truths.findIndex((truth) => truth.dueMs > nowMs);
  const due = truths.splice(0, firstWaiting === -1 ? truths.length : firstWaiting);
  for (const { outcome } of due) await sink.outcome(outcome);
}

async function waitUntil(ms: number, signal: AbortSignal): Promise<void> {
  const left = ms - Date.now();
  if (left <= 0 || signal.aborted) return;
  // A replay that is stopped while it waits ends quietly.
  await sleep(left, undefined, { signal }).catch(() => undefined);
}
