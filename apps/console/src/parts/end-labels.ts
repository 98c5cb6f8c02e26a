import type { ChartLine, ChartPoint } from './chart-types.ts';

export interface EndLabel {
  readonly key: string;
  readonly name: string;
  readonly at: number;
  readonly value: number;
}

/**
 * Names at the ends of lines, so that nobody has to match them with a legend. Where two would stand on each other, the
 * line that comes first in the list keeps its name; the table has them all.
 *
 * @param apart how far two must lie from each other, as a share of the axis
 * @param range bottom and top of the axis, where it is fixed; else it follows the values
 */
export function endLabels(
  points: readonly ChartPoint[],
  lines: readonly ChartLine[],
  apart: number,
  range?: readonly [number, number],
): readonly EndLabel[] {
  const values = lines
    .flatMap(({ key }) => points.map((point) => point[key] ?? null))
    .filter((value) => value !== null);
  const [bottom, top] = range ?? [Math.min(...values), Math.max(...values)];
  const height = top - bottom;
  const placed: EndLabel[] = [];
  for (const { key, name } of lines) {
    const last = points.findLast((point) => point[key] != null);
    const value = last?.[key];
    if (
      last !== undefined &&
      value != null &&
      placed.every((other) => Math.abs(other.value - value) >= apart * height)
    ) {
      placed.push({ key, name: name.length > 16 ? `${name.slice(0, 15)}…` : name, at: last.at, value });
    }
  }
  return placed;
}
