import type { ReactNode } from 'react';
import { classNames } from '../parts/class-names.ts';
import styles from './flag-layout.module.css';

interface Props {
  readonly header: ReactNode;
  readonly evidence: ReactNode;
  /** What can be done; beside the evidence, and on a phone at the bottom of the screen. */
  readonly answer: ReactNode;
  /** Less urgent acts, under the answer. */
  readonly acts?: ReactNode;
  /** The flag can no longer be answered by me. */
  readonly isLost?: boolean;
}

/** Evidence first, three fifths of the width; the answer stays in sight. */
export function FlagLayout({ header, evidence, answer, acts, isLost = false }: Props) {
  return (
    <div className={classNames(styles.stage, isLost && styles.lost)}>
      <div className={styles.header}>{header}</div>
      <div className={styles.evidence} data-evidence>
        {evidence}
      </div>
      <div className={styles.side}>
        {answer}
        {acts}
      </div>
    </div>
  );
}
