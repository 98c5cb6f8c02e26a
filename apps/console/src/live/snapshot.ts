import type { Flag, ServedEntry, StreamSummary } from '@watchfloor/contracts';
import { isReadable, noCounts } from './reduce.ts';
import type { LiveFlag, LiveState, LiveStream } from './reduce.ts';

export interface Snapshot {
  /** The record's head as it was *before* the lists were asked for: what came since is applied again, once. */
  readonly head: number;
  readonly streams: readonly StreamSummary[];
  readonly flags: readonly Flag[];
  /** Some of the newest entries, oldest first. */
  readonly latest: readonly ServedEntry[];
}

/** The floor as the lists have it; entries after `head` go on top. */
export function liveOf(snapshot: Snapshot, before: LiveState): LiveState {
  return {
    ...before,
    cursor: snapshot.head,
    latest: snapshot.latest
      .filter((entry) => entry.number <= snapshot.head)
      .filter(isReadable)
      .reverse(),
    flags: new Map(snapshot.flags.map((flag) => [flag.id, liveFlagOf(flag)])),
    streams: new Map(snapshot.streams.map((stream) => [stream.name, liveStreamOf(stream)])),
  };
}

/** Counts afresh from the server, after entries about flags that the console does not hold. */
export function recountedBy(state: LiveState, streams: readonly StreamSummary[]): LiveState {
  return { ...state, streams: new Map(streams.map((stream) => [stream.name, liveStreamOf(stream)])) };
}

function liveStreamOf(stream: StreamSummary): LiveStream {
  const { name, autonomy, policyVersion } = stream;
  return { name, autonomy, policyVersion, open: { ...noCounts, ...stream.openFlags } };
}

/** A served flag cut down to what a row shows. */
export function liveFlagOf(flag: Flag): LiveFlag {
  const { id, version, stream, state, priority, raisedAt, subject, signals } = flag;
  const last = flag.verdicts.findLast((verdict) => verdict.undoneAt === undefined);
  return {
    id,
    version,
    stream,
    state,
    priority,
    raisedAt,
    subjectKind: subject.kind,
    kinds: [...new Set(signals.map((signal) => signal.kind))],
    reason: signals[0]?.reason ?? '',
    ...(flag.secondLookOf === undefined ? {} : { secondLookOf: { flagId: flag.secondLookOf, version: 0 } }),
    ...(flag.dueAt === undefined ? {} : { dueAt: flag.dueAt }),
    ...(subject.kind === 'prediction' ? { predictionId: subject.prediction.id } : { itemCount: subject.itemCount }),
    ...(flag.claim === undefined ? {} : { claim: flag.claim }),
    ...(flag.snoozedUntil === undefined ? {} : { snoozedUntil: flag.snoozedUntil }),
    ...(last === undefined ? {} : { verdict: { kind: last.verdict, by: last.by, at: last.at } }),
  };
}
