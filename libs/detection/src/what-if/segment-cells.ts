import type { Prediction } from '@watchfloor/contracts';
import { mostSegmentCells, type WhatIfResult } from '@watchfloor/contracts';

interface Cell {
  readonly segment: string;
  readonly value: string;
  predictions: number;
  flaggedBefore: number;
  flaggedAfter: number;
}

/** Counts by segment and value. */
export interface SegmentCells {
  readonly bySegment: Map<string, Map<string, Cell>>;
  count: number;
  /** Values came that there was no room to count. */
  isFull: boolean;
}

/** More are not counted apart: a segment of so many values is an identifier. */
const mostCounted = 1_000;

export function noCells(): SegmentCells {
  return { bySegment: new Map(), count: 0, isFull: false };
}

export function countSegments(
  cells: SegmentCells,
  segments: NonNullable<Prediction['segments']>,
  isFlaggedBefore: boolean,
  isFlaggedAfter: boolean,
): void {
  for (const segment in segments) {
    const cell = cellOf(cells, segment, segments[segment] ?? '');
    if (cell !== undefined) {
      cell.predictions++;
      cell.flaggedBefore += isFlaggedBefore ? 1 : 0;
      cell.flaggedAfter += isFlaggedAfter ? 1 : 0;
    }
  }
}

function cellOf(cells: SegmentCells, segment: string, value: string): Cell | undefined {
  let values = cells.bySegment.get(segment);
  const known = values?.get(value);
  if (known !== undefined) {
    return known;
  }
  if (cells.count >= mostCounted) {
    cells.isFull = true;
    return undefined;
  }
  if (values === undefined) {
    values = new Map();
    cells.bySegment.set(segment, values);
  }
  const cell = { segment, value, predictions: 0, flaggedBefore: 0, flaggedAfter: 0 };
  values.set(value, cell);
  cells.count++;
  return cell;
}

/** The commonest cells, at most {@link mostSegmentCells}, by segment and then by size. */
export function commonestCells({ bySegment }: SegmentCells): WhatIfResult['bySegment'] {
  return [...bySegment.values()]
    .flatMap((values) => [...values.values()])
    .sort((a, b) => b.predictions - a.predictions)
    .slice(0, mostSegmentCells)
    .sort((a, b) => compare(a.segment, b.segment) || b.predictions - a.predictions || compare(a.value, b.value));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
