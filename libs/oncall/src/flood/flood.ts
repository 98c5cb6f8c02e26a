import { instantOf, type Instant } from '@watchfloor/contracts';

/**
 * When an operator is flooded, by the control-room standards: it starts when a count over ten minutes exceeds 10, and ends when it is
 * below 5.
 *
 * @see EEMUA 191; ANSI/ISA-18.2; IEC 62682
 */
export const floodRule = { windowSeconds: 600, startsAbove: 10, endsBelow: 5 } as const;

/** One flood of the past. */
export interface PastFlood {
  readonly from: Instant;
  readonly until: Instant;
  /** Flags that were raised in it, those of its first ten minutes included. */
  readonly flags: number;
  /** The highest count over ten minutes. */
  readonly peak: number;
}

/** What is known of one operator's flags. Times are milliseconds since 1970; at most 601 counts are kept. */
export interface Flood {
  /** Flags by the second in which they were raised, oldest first. */
  readonly counts: readonly { readonly secondMs: number; readonly flags: number }[];
  readonly current: { readonly sinceMs: number; readonly flags: number; readonly peak: number } | null;
  /** The highest time seen. A clock that is put back does not start a flood. */
  readonly nowMs: number;
}

export interface FloodStep {
  readonly flood: Flood;
  /** The flood that ended on the way. */
  readonly ended: PastFlood | null;
}

export const noFlood: Flood = { counts: [], current: null, nowMs: 0 };

/** Flags of the last ten minutes. */
export function flagsInWindow({ counts }: Flood): number {
  return counts.reduce((sum, { flags }) => sum + flags, 0);
}

/** A flag is raised for the operator. The count is over ten minutes up to now, in whole seconds. */
export function floodAfterFlag(before: Flood, atMs: number): FloodStep {
  const { flood, ended } = floodAt(before, atMs);
  const counts = withOneMore(flood);
  const inWindow = flagsInWindow({ ...flood, counts });
  if (flood.current !== null) {
    const { sinceMs, flags, peak } = flood.current;
    return {
      flood: { ...flood, counts, current: { sinceMs, flags: flags + 1, peak: Math.max(peak, inWindow) } },
      ended,
    };
  }
  const current = inWindow > floodRule.startsAbove ? { sinceMs: flood.nowMs, flags: inWindow, peak: inWindow } : null;
  return { flood: { ...flood, counts, current }, ended };
}

/** Time passes: counts grow old, and a flood may end. It ends at the moment at which the count fell below 5. */
export function floodAt(before: Flood, atMs: number): FloodStep {
  const nowMs = Math.max(before.nowMs, atMs);
  const kept = before.counts.filter(({ secondMs }) => leavesMs(secondMs) > nowMs);
  if (before.current === null || flagsInWindow({ ...before, counts: kept }) >= floodRule.endsBelow) {
    return { flood: { ...before, counts: kept, nowMs }, ended: null };
  }
  const { sinceMs, flags, peak } = before.current;
  const ended = { from: instantOf(sinceMs), until: instantOf(endMs(before)), flags, peak };
  return { flood: { counts: kept, current: null, nowMs }, ended };
}

function endMs(flood: Flood): number {
  let left = flagsInWindow(flood);
  for (const { secondMs, flags } of flood.counts) {
    left -= flags;
    if (left < floodRule.endsBelow) {
      return leavesMs(secondMs);
    }
  }
  return flood.nowMs;
}

/** When the flags of a second are no longer within the window. */
function leavesMs(secondMs: number): number {
  return secondMs + floodRule.windowSeconds * 1_000;
}

function withOneMore({ counts, nowMs }: Flood): Flood['counts'] {
  const secondMs = Math.floor(nowMs / 1_000) * 1_000;
  const last = counts.at(-1);
  return last?.secondMs === secondMs
    ? [...counts.slice(0, -1), { secondMs, flags: last.flags + 1 }]
    : [...counts, { secondMs, flags: 1 }];
}
