import { Link } from '@tanstack/react-router';
import { flagsOf } from '../live/counts.ts';
import { shallowEqual, useLive } from '../live/use-live.ts';
import { Age } from '../parts/age.tsx';
import { Empty } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { PriorityGlyph } from '../parts/priority-glyph.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './rows.module.css';

const shownAtMost = 12;

/** The stream's flags that wait for an answer, most urgent first. */
export function OpenFlags({ stream }: { readonly stream: string }) {
  const flags = useLive((state) => flagsOf(state, stream).slice(0, shownAtMost), shallowEqual);
  return (
    <Panel title="Open flags" aside={<Link to="/queue">Queue</Link>} isFlush>
      {flags.length === 0 ? (
        <Empty title="Nothing waits for an answer" />
      ) : (
        <ul className={styles.rows} data-live>
          {flags.map((flag) => (
            <li key={flag.id} className={styles.flag}>
              <PriorityGlyph priority={flag.priority} />
              <Link to="/flags/$id" params={{ id: flag.id }} className={styles.words}>
                <SafeText text={flag.reason} maxLength={200} />
              </Link>
              <span className={styles.dim}>
                {flag.state === 'claimed' ? flag.claim?.by.name : flag.state} <Age at={flag.raisedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
