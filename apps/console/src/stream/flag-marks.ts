import type { FlagRow } from '@watchfloor/contracts';
import type { ChartMark } from '../parts/chart-types.ts';
import type { Span } from './series.ts';

/**
 * Flags as marks of a chart: those that fall together share one mark, which has the most urgent priority of them.
 *
 * @param places how many marks fit side by side. Default 40
 */
export function flagMarks(
  flags: readonly Pick<FlagRow, 'priority' | 'raisedAt'>[],
  { from, until }: Span,
  places = 40,
): readonly ChartMark[] {
  const width = (until - from) / places;
  const marks = new Map<number, ChartMark>();
  for (const { priority, raisedAt } of flags) {
    const at = Date.parse(raisedAt);
    if (at < from || at > until) {
      continue;
    }
    const place = Math.min(places - 1, Math.floor((at - from) / width));
    const mark = marks.get(place);
    marks.set(place, {
      at: from + (place + 0.5) * width,
      priority: mark === undefined || priority < mark.priority ? priority : mark.priority,
      count: (mark?.count ?? 0) + 1,
    });
  }
  return [...marks.values()].sort((a, b) => a.at - b.at);
}
