import type { Signal } from '@watchfloor/contracts';
import { figure } from '../figure.ts';
import styles from './scale-line.module.css';
import { scaleOf } from './signal-scale.ts';

/** What was observed (filled mark) and what it was held against (line), with the odd side hatched. */
export function ScaleLine({ signal }: { readonly signal: Pick<Signal, 'kind' | 'score' | 'threshold'> }) {
  const scale = scaleOf(signal);
  if (scale === null) {
    return null;
  }
  const { low, high, observed, threshold, odd, isLogarithmic } = scale;
  const percent = (place: number) => `${(place * 100).toFixed(2)}%`;
  return (
    <div className={styles.scale}>
      <svg
        className={styles.line}
        width="100%"
        height="26"
        role="img"
        aria-label={`Observed ${figure(signal.score, 4)}, threshold ${figure(signal.threshold, 4)}`}
      >
        <rect x="0" y="10" width="100%" height="6" className={styles.track} />
        <rect x={percent(odd.from)} y="10" width={percent(odd.to - odd.from)} height="6" className={styles.odd} />
        <line x1={percent(threshold)} x2={percent(threshold)} y1="4" y2="22" className={styles.threshold} />
        <circle cx={percent(observed)} cy="13" r="6" className={styles.observed} />
      </svg>
      <div className={styles.legend} aria-hidden="true">
        <span>{figure(low, 3)}</span>
        <span className={styles.words}>
          <b>{figure(signal.score, 4)}</b> observed, threshold {figure(signal.threshold, 4)}
          {isLogarithmic ? ', logarithmic' : ''}
        </span>
        <span>{figure(high, 3)}</span>
      </div>
    </div>
  );
}
