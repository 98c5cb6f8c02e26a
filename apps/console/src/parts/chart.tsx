import { lazy, Suspense, useRef, useState } from 'react';
import { usePreferences } from '../theme/preferences.ts';
import { Button } from './button.tsx';
import type { ChartPoint, ChartProps } from './chart-types.ts';
import styles from './chart.module.css';
import { DataTable } from './data-table.tsx';
import type { Column } from './data-table.tsx';
import { Panel } from './panel.tsx';
import { dateTimeOf } from './time.ts';
import { useWidth } from './width.ts';

const DrawnChart = lazy(async () => ({ default: (await import('./drawn-chart.tsx')).DrawnChart }));

interface Props extends ChartProps {
  /** What holds now, beside the title. */
  readonly now?: string;
  /** What to say while there is no point. Default `Nothing in this range.` */
  readonly none?: string;
}

/** A chart in its panel, with the same figures as a table for whoever cannot or would not read a picture. */
export function Chart({ now, none = 'Nothing in this range.', ...chart }: Props) {
  const [isTable, setTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <Panel
      title={chart.title}
      aside={
        <>
          {now === undefined ? null : <span className={styles.now}>{now}</span>}
          <Button
            look="quiet"
            aria-pressed={isTable}
            onClick={() => setTable(!isTable)}
            aria-label={`${chart.title} as a ${isTable ? 'chart' : 'table'}`}
          >
            {isTable ? 'chart' : 'table'}
          </Button>
        </>
      }
      isFlush
    >
      {/* The place is kept while Recharts is on its way, so that nothing jumps. */}
      <div ref={box} className={styles.box} style={{ blockSize: chart.height }}>
        {isTable ? (
          <ChartTable chart={chart} />
        ) : chart.points.length === 0 ? (
          <p className={styles.none}>{none}</p>
        ) : width === 0 ? null : (
          <Suspense fallback={<p className={styles.none}>Drawing</p>}>
            <DrawnChart {...chart} width={width} />
          </Suspense>
        )}
      </div>
    </Panel>
  );
}

function ChartTable({ chart }: { readonly chart: ChartProps }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const keys = [
    ...chart.lines.map(({ key, name }) => ({ key, name })),
    ...(chart.band === undefined
      ? []
      : [
          { key: chart.band.low, name: `${chart.band.name}, low` },
          { key: chart.band.high, name: `${chart.band.name}, high` },
        ]),
  ];
  const columns: readonly Column<ChartPoint>[] = [
    chart.along === undefined
      ? { key: 'at', head: `Time (${zone === 'utc' ? 'UTC' : 'local'})`, cell: ({ at }) => dateTimeOf(at, zone) }
      : { key: 'at', head: chart.along.name, cell: ({ at }) => chart.along?.format(at) },
    ...keys.map(({ key, name }) => ({
      key,
      head: name,
      isNumber: true,
      cell: (point: ChartPoint) => {
        const value = point[key];
        return value === null || value === undefined ? '–' : chart.format(value);
      },
    })),
  ];
  return (
    <DataTable
      caption={chart.title}
      columns={columns}
      rows={chart.along === undefined ? [...chart.points].reverse() : chart.points}
      keyOf={({ at }) => at}
    />
  );
}
