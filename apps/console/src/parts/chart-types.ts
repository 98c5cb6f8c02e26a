import type { Priority } from '@watchfloor/contracts';

/** A point of a finished series: null is a hole. `at` is milliseconds since 1970, or where it lies along another axis. */
export type ChartPoint = { readonly at: number } & Readonly<Record<string, number | null>>;

export interface ChartLine {
  readonly key: string;
  readonly name: string;
  /** `main` is the figure itself; others are told apart by lightness, dash and their name at the end. Default `main`. */
  readonly look?: 'main' | 'second' | 'third' | 'fourth' | 'fifth';
}

/** What points lie along where it is not time. */
export interface ChartAxis {
  readonly name: string;
  readonly format: (value: number) => string;
  readonly ticks: readonly number[];
}

/** One place that is named in the chart: where something stands now. */
export interface ChartSpot {
  readonly at: number;
  readonly value: number;
  readonly name: string;
}

export interface ChartMark {
  readonly at: number;
  readonly priority: Priority;
  readonly count: number;
}

export interface ChartProps {
  /** What the chart shows, for screen readers and over the table. */
  readonly title: string;
  readonly points: readonly ChartPoint[];
  readonly lines: readonly ChartLine[];
  /** An area between two keys of the points. */
  readonly band?: { readonly low: string; readonly high: string; readonly name: string };
  readonly threshold?: { readonly value: number; readonly name: string } | null;
  readonly marks?: readonly ChartMark[];
  readonly spot?: ChartSpot | null;
  /** Default: time. */
  readonly along?: ChartAxis;
  /** Left and right edge, in the unit of `at`. */
  readonly from: number;
  readonly until: number;
  /** Fixed bottom and top; else both follow the values. */
  readonly range?: readonly [number, number];
  readonly format: (value: number) => string;
  /** CSS pixels. */
  readonly height: number;
}
