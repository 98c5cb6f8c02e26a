import type { Zone } from '../theme/preferences.ts';
import type { ChartPoint, ChartProps } from './chart-types.ts';
import styles from './drawn-chart.module.css';
import { timeOf } from './time.ts';

interface Props {
  readonly point: ChartPoint | undefined;
  readonly chart: ChartProps;
  readonly zone: Zone;
}

export function ChartTooltip({ point, chart, zone }: Props) {
  if (point === undefined) {
    return null;
  }
  const { lines, band, format, along } = chart;
  const value = (key: string) => {
    const figure = point[key];
    return figure == null ? '–' : format(figure);
  };
  return (
    <div className={styles.tooltip}>
      <div className={styles.when}>
        {along === undefined ? timeOf(point.at, zone) : `${along.name} ${along.format(point.at)}`}
      </div>
      {lines.map(({ key, name }) => (
        <div key={key} className={styles.row}>
          <span>{name}</span>
          <b>{value(key)}</b>
        </div>
      ))}
      {band === undefined ? null : (
        <div className={styles.row}>
          <span>{band.name}</span>
          <b>
            {value(band.low)} – {value(band.high)}
          </b>
        </div>
      )}
    </div>
  );
}
