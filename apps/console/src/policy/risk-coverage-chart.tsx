import type { RiskPoint } from '@watchfloor/contracts';
import { Chart } from '../parts/chart.tsx';
import { confidenceText, percentText } from '../parts/figures.ts';
import { usePhone } from '../parts/phone.ts';
import { riskTop } from './risk-top.ts';

interface Props {
  /** What is known of each threshold of the grid. */
  readonly points: readonly RiskPoint[];
  /** The error rate that the owner allows. */
  readonly target: number;
  /** The certified threshold; null while there is none. */
  readonly certified: number | null;
}

const shares = [0, 0.25, 0.5, 0.75, 1];

/** What it would cost to let the model answer more by itself: the error rate over the share released, with its interval. */
export function RiskCoverageChart({ points: thresholds, target, certified }: Props) {
  const isPhone = usePhone();
  const known = thresholds.filter(({ rate }) => rate !== null);
  const present = known.find(({ threshold }) => threshold === certified);
  const points = [...known]
    .sort((one, other) => one.coverage - other.coverage)
    .map(({ coverage, rate, low, high }) => ({ at: coverage, rate, low, high }));
  const top = riskTop(known, target);
  return (
    <Chart
      title="Risk against coverage"
      now={present === undefined ? 'nothing certified' : `${percentText(present.coverage)} released`}
      none="No answers yet: they come from the audited and the reviewed."
      points={points.map((point) => ({ ...point, high: Math.min(point.high, top) }))}
      lines={[{ key: 'rate', name: 'errors, estimated' }]}
      band={{ low: 'low', high: 'high', name: 'true rate, at all times' }}
      threshold={{ value: target, name: `at most ${percentText(target)}` }}
      spot={
        present === undefined || present.rate === null
          ? null
          : { at: present.coverage, value: present.rate, name: `released from ${confidenceText(present.threshold)}` }
      }
      along={{ name: 'Released', format: percentText, ticks: shares }}
      from={0}
      until={1}
      range={[0, top]}
      format={percentText}
      height={isPhone ? 240 : 280}
    />
  );
}
