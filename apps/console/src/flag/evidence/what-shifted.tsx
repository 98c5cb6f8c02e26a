import type { Quantiles, Signal } from '@watchfloor/contracts';
import { SafeText } from '../../parts/safe-text.tsx';
import { figure, share } from '../figure.ts';
import { shiftIn, type LabelShift, type Shift } from './what-shifted.ts';
import styles from './what-shifted.module.css';

/** Before and after, drawn over each other. */
export function WhatShifted({ signal }: { readonly signal: Signal }) {
  const shift = shiftIn(signal);
  if (shift === null) {
    return null;
  }
  return shift.is === 'labels' ? (
    <Labels labels={shift.labels} />
  ) : (
    <Spans shift={shift} isShare={signal.kind === 'confidence-shift'} />
  );
}

function Labels({ labels }: { readonly labels: readonly LabelShift[] }) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Share of each answer before and after</caption>
      <thead>
        <tr>
          <th scope="col">answer</th>
          <td aria-hidden="true" className={styles.key}>
            <span className={styles.keyBefore}>before</span> <span className={styles.keyAfter}>after</span>
          </td>
          <th scope="col">before</th>
          <th scope="col">after</th>
        </tr>
      </thead>
      <tbody>
        {labels.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">
              <SafeText text={label} maxLength={40} />
            </th>
            <td className={styles.bars}>
              <svg width="100%" height="14" aria-hidden="true">
                <rect width="100%" height="14" className={styles.track} />
                <rect y="0" width={percent(before)} height="6" className={styles.before} />
                <rect y="8" width={percent(after)} height="6" className={styles.after} />
              </svg>
            </td>
            <td className={styles.number}>{figure(before * 100, 3)} %</td>
            <td className={styles.number}>{figure(after * 100, 3)} %</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SpansProps {
  readonly shift: Extract<Shift, { is: 'quantiles' }>;
  readonly isShare: boolean;
}

function Spans({ shift, isShare }: SpansProps) {
  const write = isShare ? share : (value: number) => figure(value, 4);
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Lower tenth, middle and upper tenth before and after</caption>
      <thead>
        <tr>
          <th />
          <td aria-hidden="true" className={styles.key}>
            p10 to p90, mark at p50
          </td>
          <th scope="col">p10</th>
          <th scope="col">p50</th>
          <th scope="col">p90</th>
        </tr>
      </thead>
      <tbody>
        {(['before', 'after'] as const).map((when) => (
          <tr key={when}>
            <th scope="row">{when}</th>
            <td className={styles.bars}>
              <Span quantiles={shift[when]} low={shift.low} high={shift.high} className={styles[when]} />
            </td>
            {[shift[when].p10, shift[when].p50, shift[when].p90].map((value, index) => (
              <td key={index} className={styles.number}>
                {write(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface SpanProps {
  readonly quantiles: Quantiles;
  readonly low: number;
  readonly high: number;
  readonly className: string | undefined;
}

function Span({ quantiles: { p10, p50, p90 }, low, high, className }: SpanProps) {
  const place = (value: number) => (value - low) / (high - low || 1);
  return (
    <svg width="100%" height="16" aria-hidden="true" className={styles.span}>
      <rect y="6" width="100%" height="4" className={styles.track} />
      <rect x={percent(place(p10))} y="4" width={percent(place(p90) - place(p10))} height="8" className={className} />
      <line x1={percent(place(p50))} x2={percent(place(p50))} y1="0" y2="16" className={styles.middle} />
    </svg>
  );
}

function percent(place: number): string {
  return `${(Math.min(1, Math.max(0, place)) * 100).toFixed(2)}%`;
}
