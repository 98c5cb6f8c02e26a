import { percentText } from '../parts/figures.ts';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './label-mix.module.css';
import { labelShares } from './series.ts';
import type { LabelShare, StreamPoint } from './series.ts';

const shownAtMost = 6;

/** What the model answers lately (bar) against the whole range (mark): a shift shows as a bar that leaves its mark. */
export function LabelMix({ points }: { readonly points: readonly StreamPoint[] }) {
  const all = labelShares(points);
  const shares = all.slice(0, shownAtMost);
  const rest = all.slice(shownAtMost);
  const widest = Math.max(0.01, ...shares.flatMap(({ overall, lately }) => [overall, lately]));
  const percentOf = (share: number) => `${((share / widest) * 100).toFixed(1)}%`;
  return (
    <Panel title="Label mix" aside="lately | range" isFlush>
      {shares.length === 0 ? (
        <p className={styles.none}>Nothing in this range.</p>
      ) : (
        <table className={styles.mix}>
          <caption className="visually-hidden">Share of each label, lately and over the range</caption>
          <tbody>
            {shares.map(({ label, overall, lately }) => (
              <tr key={label}>
                <th scope="row">
                  <SafeText text={label} maxLength={40} />
                </th>
                <td className={styles.bar} aria-hidden="true">
                  <span className={styles.track}>
                    <span className={styles.lately} style={{ inlineSize: percentOf(lately) }} />
                    <span className={styles.overall} style={{ insetInlineStart: percentOf(overall) }} />
                  </span>
                </td>
                <td className={styles.figure}>{percentText(lately)}</td>
                <td className={styles.dim}>{percentText(overall)}</td>
              </tr>
            ))}
            {rest.length === 0 ? null : (
              <tr className={styles.rest}>
                <th scope="row" colSpan={2}>
                  {rest.length === 1 ? '1 other' : `${rest.length} others`}
                </th>
                <td className={styles.figure}>{percentText(sumOf(rest, 'lately'))}</td>
                <td className={styles.dim}>{percentText(sumOf(rest, 'overall'))}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function sumOf(shares: readonly LabelShare[], which: 'lately' | 'overall'): number {
  return shares.reduce((sum, share) => sum + share[which], 0);
}
