import type { Minute, Quantiles, Tick } from '@watchfloor/contracts';

/** One point of a stream's charts. */
export interface StreamPoint {
  /** Milliseconds since 1970: the middle of the minute, or the moment of the tick. */
  readonly at: number;
  /** Of confidence, or of the value where a stream gives none. */
  readonly figure: Quantiles | null;
  /** In [0, 1]; null where nothing came. */
  readonly flagShare: number | null;
  readonly perMinute: number;
  readonly latencyMs: Quantiles | null;
  /** Share of each label, in [0, 1]. */
  readonly labels: Readonly<Record<string, number>>;
}

const minuteMs = 60_000;

/** What the charts of a range are asked for. `until` and `from` in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * A stream's points over a span: closed minutes first, then the live tail after the last of them. Where nothing came
 * for more than two minutes a hole is put, so that no line is drawn over what was not measured.
 *
 * @param minutes oldest first
 * @param ticks oldest first; empty where no tail is wanted
 * @param atMost points of minutes; more are merged, weighted by their predictions. Default 300
 */
export function seriesOf(
  minutes: readonly Minute[],
  ticks: readonly Tick[],
  span: Span,
  atMost = 300,
): readonly StreamPoint[] {
  const closed = minutes.map(pointOfMinute).filter(({ at }) => at >= span.from - minuteMs && at <= span.until);
  const tailFrom = (closed.at(-1)?.at ?? span.from) + minuteMs / 2;
  const size = Math.max(1, Math.ceil((span.until - span.from) / minuteMs / atMost));
  const tail = ticks.map(pointOfTick).filter(({ at }) => at >= tailFrom && at <= span.until);
  return withHoles([...chunksOf(closed, size).map(merged), ...thinned(tail)], size);
}

function pointOfMinute(minute: Minute): StreamPoint {
  const { predictions, flagged } = minute;
  const labels = Object.entries(minute.labels).map(([label, count]) => [label, count / Math.max(1, predictions)]);
  return {
    at: Date.parse(minute.at) + minuteMs / 2,
    figure: minute.confidence ?? minute.value,
    flagShare: predictions === 0 ? null : flagged / predictions,
    perMinute: predictions,
    latencyMs: minute.latencyMs,
    labels: Object.fromEntries(labels) as Record<string, number>,
  };
}

function pointOfTick(tick: Tick): StreamPoint {
  return {
    at: Date.parse(tick.at),
    figure: tick.confidence ?? tick.value,
    flagShare: tick.flagShare,
    perMinute: tick.perSecond * 60,
    latencyMs: tick.latencyMs,
    labels: tick.labels,
  };
}

/** One tick per five seconds is all that a chart of minutes can show. */
function thinned(points: readonly StreamPoint[]): readonly StreamPoint[] {
  let last = Number.NEGATIVE_INFINITY;
  return points.filter((point, index) => {
    const isKept = point.at - last >= 5_000 || index === points.length - 1;
    last = isKept ? point.at : last;
    return isKept;
  });
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const chunks: Item[][] = [];
  for (let at = 0; at < items.length; at += size) {
    chunks.push(items.slice(at, at + size));
  }
  return chunks;
}

/** @param points at least one */
function merged(points: readonly StreamPoint[]): StreamPoint {
  const [first] = points;
  if (first !== undefined && points.length === 1) {
    return first;
  }
  const total = points.reduce((sum, { perMinute }) => sum + perMinute, 0);
  const names = new Set(points.flatMap(({ labels }) => Object.keys(labels)));
  const share = (of: (point: StreamPoint) => number | null) => weightedMean(points, of);
  return {
    at: points.reduce((sum, { at }) => sum + at, 0) / points.length,
    figure: meanQuantiles(points, ({ figure }) => figure),
    flagShare: share(({ flagShare }) => flagShare),
    perMinute: total / points.length,
    latencyMs: meanQuantiles(points, ({ latencyMs }) => latencyMs),
    labels: Object.fromEntries([...names].map((name) => [name, share(({ labels }) => labels[name] ?? 0) ?? 0])),
  };
}

function meanQuantiles(points: readonly StreamPoint[], of: (point: StreamPoint) => Quantiles | null): Quantiles | null {
  const mean = (key: keyof Quantiles) => weightedMean(points, (point) => of(point)?.[key] ?? null);
  const [p10, p50, p90] = [mean('p10'), mean('p50'), mean('p90')];
  return p10 === null || p50 === null || p90 === null ? null : { p10, p50, p90 };
}

function weightedMean(points: readonly StreamPoint[], of: (point: StreamPoint) => number | null): number | null {
  let sum = 0;
  let weight = 0;
  for (const point of points) {
    const value = of(point);
    if (value !== null) {
      sum += value * point.perMinute;
      weight += point.perMinute;
    }
  }
  return weight === 0 ? null : sum / weight;
}

function withHoles(points: readonly StreamPoint[], minutesPerPoint: number): readonly StreamPoint[] {
  const widest = (minutesPerPoint + 1.5) * minuteMs;
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > widest
      ? [holeAt(before.at + minuteMs), holeAt(point.at - minuteMs), point]
      : [point];
  });
}

function holeAt(at: number): StreamPoint {
  return { at, figure: null, flagShare: null, perMinute: 0, latencyMs: null, labels: {} };
}

/** How often a stream says a label: over the whole span, and lately. Shares in [0, 1]. */
export interface LabelShare {
  readonly label: string;
  readonly overall: number;
  readonly lately: number;
}

/** "Lately" is the last tenth of the points, and at least three of them. */
const latelyShare = 0.1;

/** The commonest labels of a series, commonest first. @param count at most so many */
export function labelShares(points: readonly StreamPoint[]): readonly LabelShare[] {
  const heard = points.filter(({ figure, perMinute }) => figure !== null || perMinute > 0);
  const recent = heard.slice(-Math.max(3, Math.round(heard.length * latelyShare)));
  const overall = meanShares(heard);
  const lately = meanShares(recent);
  return [...overall]
    .sort((a, b) => b[1] - a[1])
    .map(([label, share]) => ({ label, overall: share, lately: lately.get(label) ?? 0 }));
}

function meanShares(points: readonly StreamPoint[]): ReadonlyMap<string, number> {
  const names = new Set(points.flatMap(({ labels }) => Object.keys(labels)));
  return new Map([...names].map((name) => [name, weightedMean(points, ({ labels }) => labels[name] ?? 0) ?? 0]));
}
