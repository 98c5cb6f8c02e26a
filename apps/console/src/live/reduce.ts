import type { Autonomy, FlagRow, Priority, RecordEntry, ServedEntry, VerdictKind } from '@watchfloor/contracts';

/** A flag as the floor sees it now. */
export interface LiveFlag extends FlagRow {
  /** `expiresAt` is unknown where an undone verdict gave the claim back. */
  readonly claim?: { readonly by: { readonly id: string; readonly name: string }; readonly expiresAt?: string };
  readonly snoozedUntil?: string;
  readonly verdict?: {
    readonly kind: VerdictKind;
    readonly by: { readonly id: string; readonly name: string };
    readonly at: string;
  };
}

export type OpenCounts = Readonly<Record<Priority, number>>;

export interface LiveStream {
  readonly name: string;
  readonly autonomy: Autonomy;
  readonly policyVersion: number;
  /** Flags that still wait for an answer, by priority. */
  readonly open: OpenCounts;
}

/** What the console knows of the floor: a fold over the record, on top of one snapshot. */
export interface LiveState {
  /** Number of the last entry taken in. */
  readonly cursor: number;
  /** By id: those that wait for an answer, and the last few hundred that no longer do. */
  readonly flags: ReadonlyMap<string, LiveFlag>;
  readonly streams: ReadonlyMap<string, LiveStream>;
  /** The newest entries that one may read, newest first, at most 50. */
  readonly latest: readonly RecordEntry[];
  /**
   * Grows when an entry changed a flag that this state does not hold, so that a count can no longer be derived and the
   * streams have to be asked for afresh.
   */
  readonly doubts: number;
}

export const noCounts: OpenCounts = { P1: 0, P2: 0, P3: 0, P4: 0 };
export const emptyLive: LiveState = { cursor: 0, flags: new Map(), streams: new Map(), latest: [], doubts: 0 };

const latestKept = 50;
const closedKept = 300;

/**
 * Takes in one entry of the record. The same entry again, or an older one, changes nothing; an entry with a greater
 * number is taken as it comes (the caller closes gaps first).
 */
export function reduce(state: LiveState, entry: ServedEntry): LiveState {
  if (entry.number <= state.cursor) {
    return state;
  }
  const moved = { ...state, cursor: entry.number };
  if (!isReadable(entry)) {
    return moved;
  }
  return applied({ ...moved, latest: [entry, ...state.latest].slice(0, latestKept) }, entry);
}

/** Whether a flag still waits for an answer. */
export function isUnanswered(flag: Pick<FlagRow, 'state'>): boolean {
  return flag.state !== 'settled' && flag.state !== 'lapsed' && flag.state !== 'withdrawn';
}

export function isReadable(entry: ServedEntry): entry is RecordEntry {
  return 'kind' in entry;
}

function applied(state: LiveState, entry: RecordEntry): LiveState {
  switch (entry.kind) {
    case 'stream-registered':
      return entry.stream === null || state.streams.has(entry.stream)
        ? state
        : withStream(state, {
            name: entry.stream,
            autonomy: 'supervised',
            policyVersion: entry.data.policyVersion,
            open: noCounts,
          });
    case 'policy-changed': {
      const stream = streamOf(state, entry);
      return stream === undefined || stream.policyVersion >= entry.data.to
        ? state
        : withStream(state, { ...stream, autonomy: entry.data.autonomy, policyVersion: entry.data.to });
    }
    case 'flag-raised':
      return state.flags.has(entry.data.flag.id) ? state : raised(state, entry.data.flag);
    case 'flag-joined': {
      const { version, itemCount, priority, kinds, reason } = entry.data;
      return grown(state, entry, { version, itemCount, priority, kinds, reason });
    }
    case 'flag-claimed': {
      const claim = { by: actorOf(entry), expiresAt: entry.data.expiresAt };
      return changed(state, entry, entry.data.version, (flag) => ({ ...freed(flag), state: 'claimed', claim }));
    }
    case 'flag-released':
    case 'claim-expired':
    case 'flag-skipped':
    case 'flag-woken':
      return changed(state, entry, entry.data.version, freed);
    case 'flag-snoozed': {
      const { until } = entry.data;
      return changed(state, entry, entry.data.version, (flag) => ({
        ...freed(flag),
        state: 'snoozed',
        snoozedUntil: until,
      }));
    }
    case 'flag-escalated': {
      const { priority } = entry.data;
      return changed(state, entry, entry.data.version, (flag) => ({ ...freed(flag), priority }));
    }
    case 'flag-commented':
      return changed(state, entry, entry.data.version, (flag) => flag);
    case 'flag-settled':
    case 'verdict-superseded': {
      const verdict = { kind: entry.data.verdict, by: actorOf(entry), at: entry.at };
      return changed(state, entry, entry.data.version, (flag) => ({ ...freed(flag), state: 'settled', verdict }));
    }
    case 'verdict-undone':
      return changed(state, entry, entry.data.version, (flag) => {
        const { verdict: _, ...unanswered } = freed(flag);
        return { ...unanswered, state: 'claimed', claim: { by: actorOf(entry) } };
      });
    case 'flag-lapsed':
      return changed(state, entry, entry.data.version, (flag) => ({ ...freed(flag), state: 'lapsed' }));
    case 'flag-withdrawn':
      return changed(state, entry, entry.data.version, (flag) => ({ ...freed(flag), state: 'withdrawn' }));
    case 'audit-adjudicated':
    case 'policy-draft-saved':
    case 'policy-draft-discarded':
    case 'risk-epoch-begun':
    case 'certificate-won':
    case 'certificate-revoked':
    case 'risk-plan-changed':
    case 'person-added':
    case 'person-changed':
    case 'person-signed-in':
    case 'person-signed-out':
    case 'key-created':
    case 'key-revoked':
    case 'record-exported':
    case 'duties-set':
      return state;
  }
}

/**
 * A second look also says that the first flag is answered: whoever could take it does not see that answer, and has its bare
 * number only.
 */
function raised(state: LiveState, flag: FlagRow): LiveState {
  const next = withFlag(state, undefined, flag);
  const first = flag.secondLookOf === undefined ? undefined : next.flags.get(flag.secondLookOf.flagId);
  const version = flag.secondLookOf?.version ?? 0;
  return first === undefined || first.version >= version
    ? next
    : withFlag(next, first, { ...freed(first), state: 'settled', version });
}

/** A change of a known flag, once: a version that is not newer has been seen in a snapshot already. */
function changed(
  state: LiveState,
  entry: RecordEntry,
  version: number,
  change: (flag: LiveFlag) => LiveFlag,
): LiveState {
  const flag = entry.flagId === null ? undefined : state.flags.get(entry.flagId);
  if (flag === undefined) {
    return movesCounts(entry) ? { ...state, doubts: state.doubts + 1 } : state;
  }
  return flag.version >= version ? state : withFlag(state, flag, { ...change(flag), version });
}

type Growth = RecordEntry<'flag-joined'>['data'];

/** Mere growth keeps a flag's version: then the greater count is the news. */
function grown(state: LiveState, entry: RecordEntry, growth: Growth): LiveState {
  const flag = entry.flagId === null ? undefined : state.flags.get(entry.flagId);
  const isGrowth = flag?.version === growth.version && (flag.itemCount ?? 0) < growth.itemCount;
  if (!isGrowth) return changed(state, entry, growth.version, (known) => ({ ...known, ...growth }));
  return withFlag(state, flag, { ...flag, ...growth });
}

/** Entries after which an unknown flag may count under another priority, or no longer. */
function movesCounts(entry: RecordEntry): boolean {
  return ['flag-settled', 'flag-lapsed', 'flag-withdrawn', 'verdict-undone', 'flag-escalated', 'flag-joined'].includes(
    entry.kind,
  );
}

function freed(flag: LiveFlag): LiveFlag {
  const { claim: _claim, snoozedUntil: _until, ...rest } = flag;
  return { ...rest, state: 'open' };
}

function withFlag(state: LiveState, before: LiveFlag | undefined, after: LiveFlag): LiveState {
  const flags = new Map(state.flags);
  // Moves to the end of the map, so that the closed ones that are dropped first are those closed longest ago.
  flags.delete(after.id);
  flags.set(after.id, after);
  const next = { ...state, flags: isUnanswered(after) ? flags : pruned(flags) };
  const stream = state.streams.get(after.stream);
  if (stream === undefined) {
    return next;
  }
  const open = recounted(stream.open, before, after);
  return open === stream.open ? next : withStream(next, { ...stream, open });
}

function recounted(open: OpenCounts, before: LiveFlag | undefined, after: LiveFlag): OpenCounts {
  const from = before !== undefined && isUnanswered(before) ? before.priority : undefined;
  const to = isUnanswered(after) ? after.priority : undefined;
  if (from === to) {
    return open;
  }
  const counts = { ...open };
  if (from !== undefined) {
    counts[from] = Math.max(0, counts[from] - 1);
  }
  if (to !== undefined) {
    counts[to] += 1;
  }
  return counts;
}

function pruned(flags: Map<string, LiveFlag>): Map<string, LiveFlag> {
  let closed = 0;
  for (const flag of flags.values()) {
    closed += isUnanswered(flag) ? 0 : 1;
  }
  for (const flag of flags.values()) {
    if (closed <= closedKept) {
      break;
    }
    if (!isUnanswered(flag)) {
      flags.delete(flag.id);
      closed -= 1;
    }
  }
  return flags;
}

function withStream(state: LiveState, stream: LiveStream): LiveState {
  return { ...state, streams: new Map(state.streams).set(stream.name, stream) };
}

function streamOf(state: LiveState, entry: RecordEntry): LiveStream | undefined {
  return entry.stream === null ? undefined : state.streams.get(entry.stream);
}

function actorOf(entry: RecordEntry): { id: string; name: string } {
  return { id: entry.actor.kind === 'person' ? entry.actor.id : entry.actor.part, name: entry.actorName };
}
