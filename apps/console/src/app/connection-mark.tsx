import { useConnection } from '../live/use-live.ts';
import { spanOf } from '../parts/time.ts';
import styles from './connection-mark.module.css';

/** The line's state and the age of what is shown, in the strip. */
export function ConnectionMark() {
  const connection = useConnection();
  return (
    <span className={styles.mark} data-phase={connection.phase}>
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        {connection.phase === 'live' ? (
          <circle cx="6" cy="6" r="4.5" />
        ) : (
          <circle cx="6" cy="6" r="4.5" className={styles.hollow} />
        )}
      </svg>
      <Words />
    </span>
  );
}

function Words() {
  const connection = useConnection();
  switch (connection.phase) {
    case 'connecting':
      return <>connecting</>;
    case 'live':
      return (
        <>
          live <span className={styles.age}>{spanOf(connection.ageMs)}</span>
        </>
      );
    case 'delayed':
      return (
        <>
          delayed <span className={styles.age}>{spanOf(connection.ageMs)}</span>
        </>
      );
    case 'offline':
      return <strong>offline</strong>;
  }
}
