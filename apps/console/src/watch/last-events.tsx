import { Link } from '@tanstack/react-router';
import type { RecordEntry } from '@watchfloor/contracts';
import { eventWords } from './event-words.ts';
import { newestEvents } from './newest-events.ts';
import { useLive, useLiveLine } from '../live/use-live.ts';
import { Moment } from '../parts/age.tsx';
import { Panel } from '../parts/panel.tsx';
import { PriorityGlyph } from '../parts/priority-glyph.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './last-events.module.css';

const shownAtMost = 8;

/** The newest that happened to flags and streams, so that the wall has a memory of half a minute. */
export function LastEvents() {
  const live = useLiveLine();
  const entries = useLive((state) => state.latest, sameHead);
  const shown = newestEvents(entries, shownAtMost);
  return (
    <Panel title="Last events" aside={<Link to="/history">All of them</Link>} isFlush>
      {shown.length === 0 ? (
        <p className={styles.none}>Nothing has happened yet.</p>
      ) : (
        <ol className={styles.events} data-live>
          {shown.map((entry) => (
            <li key={entry.number} className={styles.event} data-entry={entry.number}>
              <Moment at={entry.at} />
              <span className={styles.mark}>
                <EventMark
                  entry={entry}
                  priority={entry.flagId === null ? undefined : live.store.state.flags.get(entry.flagId)?.priority}
                />
              </span>
              {entry.stream === null ? null : (
                <Link to="/streams/$stream" params={{ stream: entry.stream }} className={styles.stream}>
                  {entry.stream}
                </Link>
              )}
              <span className={styles.words}>
                {entry.actor.kind === 'person' ? <b>{entry.actorName} </b> : null}
                <SafeText text={eventWords(entry)} maxLength={300} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function EventMark({
  entry,
  priority,
}: {
  readonly entry: RecordEntry;
  readonly priority: RecordEntry<'flag-raised'>['data']['flag']['priority'] | undefined;
}) {
  const shown = entry.kind === 'flag-raised' ? entry.data.flag.priority : priority;
  return shown === undefined ? null : <PriorityGlyph priority={shown} size={14} />;
}

function sameHead(a: readonly RecordEntry[], b: readonly RecordEntry[]): boolean {
  return a === b || (a[0]?.number === b[0]?.number && a.length === b.length);
}
