import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../api/queries.ts';
import { floorCounts, oldestOpenAt, sumOf } from '../live/counts.ts';
import { useLive } from '../live/use-live.ts';
import { Age, Clock } from '../parts/age.tsx';
import { allPriorities, PriorityGlyph } from '../parts/priority-glyph.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { AccountMenu } from './account-menu.tsx';
import styles from './strip.module.css';
import { UpdateNotice } from './update-notice.tsx';

/** The top of every screen: is it live, does anything wait, what time is it, who am I. */
export function Strip({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const me = useQuery(meQuery).data;
  return (
    <header className={styles.strip}>
      <ConnectionMark />
      <Counts />
      <Waiting />
      <span className={styles.space} />
      <UpdateNotice />
      {me?.separationOfDuties === false ? (
        <span className={styles.notice} title="People who edit rules, keys or people may also decide flags here.">
          separation of duties off
        </span>
      ) : null}
      <Clock className={styles.clock} />
      {me === undefined ? null : <AccountMenu me={me} onShowKeys={onShowKeys} />}
    </header>
  );
}

function Counts() {
  const counts = useLive(floorCounts, (a, b) => allPriorities.every((priority) => a[priority] === b[priority]));
  return (
    <ul className={styles.counts} aria-label="Flags that wait, by priority" data-live>
      {allPriorities.map((priority) => (
        <li key={priority} className={counts[priority] === 0 ? styles.none : undefined}>
          {counts[priority] === 0 ? (
            <span className={styles.quiet}>{priority}</span>
          ) : (
            <PriorityGlyph priority={priority} size={18} />
          )}
          <span className={styles.figure}>{counts[priority]}</span>
        </li>
      ))}
    </ul>
  );
}

function Waiting() {
  const waiting = useLive((state) => sumOf(floorCounts(state)));
  const oldest = useLive(oldestOpenAt);
  return (
    <Link to="/queue" className={styles.waiting} data-live>
      queue <span className={styles.figure}>{waiting}</span>
      {oldest === null ? null : (
        <span className={styles.oldest}>
          , oldest <Age at={oldest} as="count" />
        </span>
      )}
    </Link>
  );
}
