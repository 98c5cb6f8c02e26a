import type { StreamRisk } from '@watchfloor/contracts';
import { percentText } from '../parts/figures.ts';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './confusion-table.module.css';

/** What reviewers answer where each label is true, learnt where two have looked at the same. */
export function ConfusionTable({ confusion }: { readonly confusion: StreamRisk['confusion'] }) {
  return (
    <Panel title="Reviewers" aside="answered, where the label is true" isFlush>
      {confusion === null ? (
        <p className={styles.none}>Learnt from second looks: too few yet.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="Reviewers’ answers, scrolls">
          <table className={styles.table}>
            <caption className="visually-hidden">Share of each answer (columns) where a label is true (rows)</caption>
            <thead>
              <tr>
                <td />
                {confusion.labels.map((label) => (
                  <th key={label} scope="col">
                    <SafeText text={label} maxLength={12} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {confusion.labels.map((label, row) => (
                <tr key={label}>
                  <th scope="row">
                    <SafeText text={label} maxLength={24} />
                  </th>
                  {confusion.shares[row]?.map((share, column) => (
                    <td key={confusion.labels[column]} className={row === column ? styles.same : undefined}>
                      {percentText(share)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
