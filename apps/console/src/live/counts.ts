import type { Priority } from '@watchfloor/contracts';
import { isUnanswered, noCounts } from './reduce.ts';
import type { LiveFlag, LiveState, OpenCounts } from './reduce.ts';

/** Unanswered flags of the whole floor by priority. */
export function floorCounts(state: LiveState): OpenCounts {
  const counts: Record<Priority, number> = { ...noCounts };
  for (const { open } of state.streams.values()) {
    counts.P1 += open.P1;
    counts.P2 += open.P2;
    counts.P3 += open.P3;
    counts.P4 += open.P4;
  }
  return counts;
}

export function sumOf(counts: OpenCounts): number {
  return counts.P1 + counts.P2 + counts.P3 + counts.P4;
}

/** The most urgent priority with an unanswered flag. */
export function worstOf(counts: OpenCounts): Priority | null {
  return (['P1', 'P2', 'P3', 'P4'] as const).find((priority) => counts[priority] > 0) ?? null;
}

/** When the longest waiting open flag that is known here was raised; null where none waits. */
export function oldestOpenAt(state: LiveState): string | null {
  let oldest: string | null = null;
  for (const flag of state.flags.values()) {
    if (flag.state === 'open' && (oldest === null || flag.raisedAt < oldest)) {
      oldest = flag.raisedAt;
    }
  }
  return oldest;
}

/** Unanswered flags of one stream, most urgent and then oldest first. */
export function flagsOf(state: LiveState, stream: string): readonly LiveFlag[] {
  return [...state.flags.values()]
    .filter((flag) => flag.stream === stream && isUnanswered(flag))
    .sort((a, b) =>
      a.priority === b.priority ? (a.raisedAt < b.raisedAt ? -1 : 1) : a.priority < b.priority ? -1 : 1,
    );
}
