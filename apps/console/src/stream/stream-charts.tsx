import { useQuery } from '@tanstack/react-query';
import type { StreamSummary } from '@watchfloor/contracts';
import { useMemo, useState } from 'react';
import { flagsQuery, minutesQuery } from '../api/queries.ts';
import { flagsOf } from '../live/counts.ts';
import { useLive, useLiveLine } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { Chart } from '../parts/chart.tsx';
import type { ChartPoint } from '../parts/chart-types.ts';
import { ErrorNotice, Stale } from '../parts/faces.tsx';
import { confidenceText, percentText, rateText, valueText } from '../parts/figures.ts';
import { niceTop } from '../parts/nice-top.ts';
import { useNow } from '../parts/now.ts';
import { usePhone } from '../parts/phone.ts';
import { useOfflineAgeMs } from '../live/use-live.ts';
import { wholeSpanOf } from '../parts/time.ts';
import { LabelMix } from './label-mix.tsx';
import { flagMarks } from './flag-marks.ts';
import { ranges } from './search.ts';
import type { Range } from './search.ts';
import { seriesOf } from './series.ts';
import type { Span, StreamPoint } from './series.ts';
import styles from './stream-charts.module.css';

interface Props {
  readonly stream: StreamSummary;
  readonly range: Range;
}

const chartNames = ['figure', 'flags', 'volume', 'latency', 'labels'] as const;
type ChartName = (typeof chartNames)[number];

/** A stream's figures: one series, shaped once. On a phone one of them is shown at a time. */
export function StreamCharts({ stream, range }: Props) {
  const isPhone = usePhone();
  const [picked, setPicked] = useState<ChartName>('figure');
  const span = useSpan(range);
  const { points, error, retry } = usePoints(stream.name, range, span);
  const figureName = stream.task === 'value' && stream.recent.at(-1)?.confidence == null ? 'Value' : 'Confidence';
  const staleMs = useOfflineAgeMs();
  const words: Readonly<Record<ChartName, string>> = {
    figure: figureName,
    flags: 'Flagged',
    volume: 'Volume',
    latency: 'Latency',
    labels: 'Labels',
  };
  const shared = { ...span, height: isPhone ? 220 : 160 };
  const shows = (name: ChartName) => !isPhone || picked === name;
  return (
    <Stale isStale={staleMs !== null} age={`stale ${wholeSpanOf(staleMs ?? 0)}`}>
      {error === null ? null : <ErrorNotice error={error} what="The figures could not be read." onRetry={retry} />}
      {isPhone ? (
        <div className={styles.picks} role="group" aria-label="Chart">
          {chartNames.map((name) => (
            <Button key={name} aria-pressed={picked === name} onClick={() => setPicked(name)}>
              {words[name]}
            </Button>
          ))}
        </div>
      ) : null}
      <div className={styles.charts}>
        {shows('figure') ? (
          <div className={styles.wide}>
            <FigureChart stream={stream} name={figureName} points={points} span={span} height={isPhone ? 240 : 260} />
          </div>
        ) : null}
        {shows('flags') ? (
          <SmallChart
            {...shared}
            title="Share flagged"
            points={points}
            of={({ flagShare }) => flagShare}
            format={percentText}
            least={0.04}
          />
        ) : null}
        {shows('volume') ? (
          <SmallChart
            {...shared}
            title="Predictions"
            points={points}
            of={({ perMinute }) => perMinute / 60}
            format={rateText}
            least={1}
          />
        ) : null}
        {shows('latency') ? <LatencyChart {...shared} points={points} /> : null}
        {shows('labels') && stream.task === 'label' ? <LabelMix points={points} /> : null}
      </div>
    </Stale>
  );
}

/** From so long ago until now; moves every two seconds on the shortest range and once a minute on the others. */
function useSpan(range: Range): Span {
  const until = useNow(range === '15m' ? 2_000 : 60_000);
  return useMemo(() => ({ from: until - ranges[range] * 60_000, until }), [range, until]);
}

function usePoints(stream: string, range: Range, span: Span) {
  const live = useLiveLine();
  const minutes = useQuery(minutesQuery(stream, ranges[range]));
  const isFrozen = live.frozenAt !== null;
  const points = useMemo(
    () => seriesOf(minutes.data?.items ?? [], range === '15m' && !isFrozen ? live.ring(stream).all() : [], span),
    [minutes.data, range, isFrozen, live, stream, span],
  );
  return { points, error: minutes.error, retry: () => void minutes.refetch() };
}

interface FigureProps {
  readonly stream: StreamSummary;
  readonly name: string;
  readonly points: readonly StreamPoint[];
  readonly span: Span;
  readonly height: number;
}

function FigureChart({ stream, name, points, span, height }: FigureProps) {
  const isShare = name === 'Confidence';
  const raised = useQuery(flagsQuery({ stream: stream.name, state: 'open,claimed,snoozed,settled,lapsed', limit: 200 }))
    .data?.items;
  const open = useLive((state) => state.flags.size);
  const live = useLiveLine();
  const marks = useMemo(() => {
    const known = new Map((raised ?? []).map((flag) => [flag.id, flag] as const));
    const current = open > 0 ? flagsOf(live.store.state, stream.name) : [];
    return flagMarks([...known.values(), ...current.filter(({ id }) => !known.has(id))], span);
  }, [raised, open, live, stream.name, span]);
  const data = useMemo(
    () =>
      points.map(({ at, figure }): ChartPoint => ({
        at,
        p10: figure?.p10 ?? null,
        p50: figure?.p50 ?? null,
        p90: figure?.p90 ?? null,
      })),
    [points],
  );
  const format = isShare ? confidenceText : valueText;
  const last = data.at(-1)?.p50;
  return (
    <Chart
      title={name}
      {...(last == null ? {} : { now: `p50 ${format(last)}` })}
      points={data}
      {...span}
      height={height}
      lines={[{ key: 'p50', name: 'p50' }]}
      band={{ low: 'p10', high: 'p90', name: 'p10 – p90' }}
      threshold={
        isShare && stream.flaggedBelow !== null
          ? { value: stream.flaggedBelow, name: `flagged below ${confidenceText(stream.flaggedBelow)}` }
          : null
      }
      marks={marks}
      {...(isShare ? { range: [0, 1] as const } : {})}
      format={format}
    />
  );
}

interface SmallProps extends Span {
  readonly title: string;
  readonly points: readonly StreamPoint[];
  readonly of: (point: StreamPoint) => number | null;
  readonly format: (value: number) => string;
  readonly height: number;
  /** The axis starts at 0, and ends here while all is 0. */
  readonly least?: number;
}

function SmallChart({ title, points, of, format, from, until, height, least }: SmallProps) {
  const data = points.map((point): ChartPoint => ({ at: point.at, value: of(point) }));
  const values = data.map(({ value }) => value ?? 0);
  const last = data.at(-1)?.value;
  return (
    <Chart
      title={title}
      {...(last == null ? {} : { now: format(last) })}
      points={data}
      from={from}
      until={until}
      height={height}
      lines={[{ key: 'value', name: title }]}
      {...(least !== undefined ? { range: [0, niceTop(Math.max(...values), least)] as const } : {})}
      format={format}
    />
  );
}

function LatencyChart({
  points,
  from,
  until,
  height,
}: Span & { readonly points: readonly StreamPoint[]; readonly height: number }) {
  const data = points.map(({ at, latencyMs }): ChartPoint => ({
    at,
    p50: latencyMs?.p50 ?? null,
    p90: latencyMs?.p90 ?? null,
  }));
  const isKnown = points.some(({ latencyMs }) => latencyMs !== null);
  const last = data.at(-1)?.p50;
  return (
    <Chart
      title="Model latency"
      {...(last == null ? {} : { now: `${valueText(last)} ms` })}
      points={isKnown ? data : []}
      {...(points.length > 0 ? { none: 'The model sends no latency.' } : {})}
      from={from}
      until={until}
      height={height}
      lines={[
        { key: 'p50', name: 'p50' },
        { key: 'p90', name: 'p90', look: 'second' },
      ]}
      format={(ms) => `${valueText(ms)} ms`}
    />
  );
}
