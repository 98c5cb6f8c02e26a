import type { ReactNode } from 'react';
import styles from './lost-notice.module.css';

interface Props {
  readonly because: string;
  /** The way on. */
  readonly children: ReactNode;
}

/** The flag on the screen is no longer mine to answer; nothing that was begun here has been stored. */
export function LostNotice({ because, children }: Props) {
  return (
    <section className={styles.notice} role="alert">
      <h2>This flag is no longer yours</h2>
      <p>{because}.</p>
      <p className={styles.dim}>What was begun on this screen was not stored.</p>
      {children}
    </section>
  );
}
