import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { flagLifeQuery } from './flag-life-query.ts';
import { Moment } from '../parts/age.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './entry-detail.module.css';
import { fateIn } from './verdict-fate.ts';
import { entryRowOf } from './entry-row.ts';

interface Props {
  readonly flagId: string;
  /** Number of the entry that is open. */
  readonly current: number;
}

/** Everything that happened to one flag, oldest first: what was answered, taken back, replaced. */
export function FlagLifeList({ flagId, current }: Props) {
  const life = useQuery(flagLifeQuery(flagId));
  const entries = life.data ?? [];
  return (
    <Panel title="The life of this flag" isFlush>
      {life.isPending ? <Loading what="life of the flag" /> : null}
      {life.isError ? <ErrorNotice error={life.error} what="The life of the flag could not be read." /> : null}
      <ol className={styles.life}>
        {entries.map((entry) => {
          const { what, answer, who } = entryRowOf(entry);
          const fate = fateIn(entries, entry);
          return (
            <li key={entry.number} aria-current={entry.number === current ? 'true' : undefined}>
              <Link from="/history" to="/history" search={(search) => ({ ...search, entry: entry.number })} replace>
                #{entry.number.toLocaleString('en')}
              </Link>
              <Moment at={entry.at} />
              <span>
                {what} <SafeText text={answer} maxLength={80} />
                {fate === null ? null : (
                  <span className={styles.fate}>
                    {' '}
                    {fate.words}{' '}
                    <Link
                      from="/history"
                      to="/history"
                      search={(search) => ({ ...search, entry: fate.number })}
                      replace
                    >
                      #{fate.number.toLocaleString('en')}
                    </Link>
                  </span>
                )}
              </span>
              <span className={styles.by}>{who}</span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
