import { Area, CartesianGrid, ComposedChart, Line, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { usePreferences } from '../theme/preferences.ts';
import type { ChartLine, ChartMark, ChartPoint, ChartProps } from './chart-types.ts';
import styles from './drawn-chart.module.css';
import { ChartTooltip } from './chart-tooltip.tsx';
import { endLabels } from './end-labels.ts';
import { priorityWords } from './priority-glyph.tsx';
import { minuteOf } from './time.ts';

const looks: Readonly<
  Record<NonNullable<ChartLine['look']>, { readonly stroke: string; readonly width: number; readonly dash: string }>
> = {
  main: { stroke: 'var(--text)', width: 1.75, dash: '' },
  second: { stroke: 'var(--data)', width: 1.5, dash: '5 3' },
  third: { stroke: 'var(--data)', width: 1.5, dash: '2 2' },
  fourth: { stroke: 'var(--edge)', width: 1.5, dash: '8 3 2 3' },
  fifth: { stroke: 'var(--edge)', width: 1.5, dash: '1 3' },
};

/** A label's line and what the axis takes from the chart's height, in CSS pixels of a small chart. */
const labelHeight = 24;

/** The only place that draws with Recharts; loaded when a chart first comes on screen. */
export function DrawnChart({ width, ...chart }: ChartProps & { readonly width: number }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const { title, points, lines, band, threshold, marks = [], from, until, range, format, height } = chart;
  const { along, spot } = chart;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points}
      margin={{ top: marks.length === 0 ? 12 : 22, right: 24, bottom: 4, left: 0 }}
      className={styles.chart ?? ''}
      title={title}
      accessibilityLayer
    >
      <CartesianGrid vertical={false} stroke="var(--hairline)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, until]}
        allowDataOverflow
        ticks={along?.ticks ?? ticksOf(from, until, width)}
        tickFormatter={along?.format ?? ((at: number) => minuteOf(at, zone))}
        stroke="var(--edge)"
        tickLine={false}
        height={24}
      />
      <YAxis
        domain={range === undefined ? ['auto', 'auto'] : [...range]}
        tickFormatter={format}
        tickCount={5}
        {...(range === undefined ? {} : { ticks: quarters(range) })}
        stroke="var(--edge)"
        tickLine={false}
        axisLine={false}
        width={52}
      />
      {band === undefined ? null : (
        <Area
          dataKey={(point: ChartPoint) => edgesOf(point, band)}
          name={band.name}
          stroke="none"
          fill="var(--band)"
          fillOpacity={1}
          isAnimationActive={false}
          activeDot={false}
          connectNulls={false}
        />
      )}
      {lines.map(({ key, name, look = 'main' }) => (
        <Line
          key={key}
          dataKey={key}
          name={name}
          stroke={looks[look].stroke}
          strokeWidth={looks[look].width}
          strokeDasharray={looks[look].dash}
          dot={false}
          activeDot={{ r: 3, fill: 'var(--text)', stroke: 'none' }}
          isAnimationActive={false}
          connectNulls={false}
          type="linear"
        />
      ))}
      {threshold == null ? null : (
        <ReferenceLine
          y={threshold.value}
          stroke="var(--text)"
          strokeDasharray="6 4"
          label={{ value: threshold.name, position: 'insideBottomLeft', className: styles.label ?? '' }}
        />
      )}
      {marks.map((mark) => (
        <ReferenceLine key={mark.at} x={mark.at} stroke="var(--hairline)" label={<Mark mark={mark} />} />
      ))}
      {spot == null ? null : (
        <ReferenceDot
          x={spot.at}
          y={spot.value}
          r={5}
          fill="var(--text)"
          stroke="var(--bg1)"
          label={{
            value: spot.name,
            position: spot.at > (from + until) / 2 ? 'left' : 'right',
            className: styles.label ?? '',
            offset: 10,
          }}
        />
      )}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--edge)' }}
        content={(tip) => <ChartTooltip point={pointOf(tip.payload)} chart={chart} zone={zone} />}
      />
      {lines.length < 2
        ? null
        : endLabels(points, lines, labelHeight / height, range).map(({ key, name, at, value }) => (
            <ReferenceDot
              key={key}
              x={at}
              y={value}
              r={0}
              label={{ value: name, position: 'left', className: styles.label ?? '', offset: 6, dy: -8 }}
            />
          ))}
    </ComposedChart>
  );
}

function edgesOf(point: ChartPoint, band: { readonly low: string; readonly high: string }): [number, number] | null {
  const low = point[band.low];
  const high = point[band.high];
  return low == null || high == null ? null : [low, high];
}

function pointOf(payload: readonly { readonly payload?: unknown }[] | undefined): ChartPoint | undefined {
  return payload?.[0]?.payload as ChartPoint | undefined;
}

const shapes = {
  P1: 'M-7-7h14v14h-14z',
  P2: 'M0-8 8 7h-16z',
  P3: 'M-8-7h16L0 8z',
  P4: 'M0-8a8 8 0 1 1 0 16a8 8 0 0 1 0-16z',
};

/** A flag over the chart: the same shape, digit and hue as everywhere. */
function Mark({
  mark,
  viewBox,
}: {
  readonly mark: ChartMark;
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}) {
  const { priority, count } = mark;
  return (
    <g transform={`translate(${String(viewBox?.x ?? 0)} ${String((viewBox?.y ?? 0) - 10)})`} className={styles.mark}>
      <title>{`${String(count)} ${priorityWords[priority]}`}</title>
      <path d={shapes[priority]} className={styles[priority]} />
      <text textAnchor="middle" y={priority === 'P3' ? 2 : 4}>
        {priority.slice(1)}
      </text>
    </g>
  );
}

const minuteMs = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360].map((minutes) => minutes * minuteMs);

/** Five even steps: left to itself, the chart takes thirds of an axis that ends at 10. */
function quarters([bottom, top]: readonly [number, number]): number[] {
  return [0, 1, 2, 3, 4].map((step) => bottom + ((top - bottom) * step) / 4);
}

/** Round moments, about 90 pixels apart. */
function ticksOf(from: number, until: number, width: number): number[] {
  const wanted = Math.max(2, Math.floor(width / 90));
  const step = steps.find((size) => (until - from) / size <= wanted) ?? 360 * minuteMs;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) {
    ticks.push(at);
  }
  return ticks;
}
