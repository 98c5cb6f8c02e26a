import type { ConfidenceBin } from '@watchfloor/contracts';
import { useId, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { confidenceText, percentText } from '../parts/figures.ts';
import { thresholdView } from './threshold-view.ts';
import styles from './what-if.module.css';

interface Props {
  readonly bins: readonly ConfidenceBin[];
  /** The window, in days. */
  readonly days: number;
  /** The draft's fixed threshold; null: left to the stream's least sure share. */
  readonly threshold: number | null;
  readonly onChange: (path: string, value: unknown) => void;
}

const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

/** Moves the threshold over the replayed window: flags and errors follow at once, without another replay. */
export function ThresholdSlider({ bins, days, threshold, onChange }: Props) {
  const id = useId();
  const [at, setAt] = useState(threshold ?? 0.5);
  const { flagged, passed, errors } = thresholdView(bins, at);
  const all = flagged + passed;
  const most = Math.max(1, ...bins.map(({ predictions }) => predictions));
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>
        Flag what is less sure than <b>{confidenceText(at)}</b>
      </label>
      <div className={styles.track}>
        <svg viewBox={`0 0 ${String(bins.length)} 100`} preserveAspectRatio="none" aria-hidden="true">
          {bins.map(({ from, to, predictions }, index) => (
            <rect
              key={from}
              x={index}
              width={0.9}
              y={100 - Math.sqrt(predictions / most) * 100}
              height={Math.sqrt(predictions / most) * 100}
              className={(from + to) / 2 < at ? styles.flagged : styles.passed}
            />
          ))}
        </svg>
        <input
          id={id}
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={at}
          aria-valuetext={`${confidenceText(at)}: ${percentText(all === 0 ? 0 : flagged / all)} flagged`}
          onChange={(event) => setAt(Number(event.target.value))}
        />
      </div>
      <output htmlFor={id} className={styles.outcome}>
        <span>
          <b>{count(flagged / days)}</b> flags a day, {percentText(all === 0 ? 0 : flagged / all)} of all
        </span>
        <span>
          {errors === null ? (
            'errors passed: unknown without audited answers'
          ) : (
            <>
              <b>{count(errors.expected)}</b> errors would pass ({count(errors.low)} – {count(errors.high)})
            </>
          )}
        </span>
      </output>
      <Button disabled={threshold === at} onClick={() => onChange('/detectors/low-confidence/threshold', at)}>
        Put {confidenceText(at)} into the draft
      </Button>
    </div>
  );
}
