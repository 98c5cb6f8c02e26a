import type { SignalKind } from '@watchfloor/contracts';
import { signalWords } from '../flag/signal-words.ts';
import { shallowEqual, useLive } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { allPriorities, PriorityGlyph } from '../parts/priority-glyph.tsx';
import styles from './queue-screen.module.css';
import { isNarrowed, queueSearchOf, type QueueSearch } from './queue-search.ts';

interface Props {
  readonly search: QueueSearch;
  readonly onChange: (search: QueueSearch) => void;
}

/** Narrows the table; what is chosen stands in the address. */
export function QueueFilters({ search, onChange }: Props) {
  const streams = useLive((state) => [...state.streams.keys()].sort(), shallowEqual);
  const change = (part: Readonly<Record<string, unknown>>) => onChange(queueSearchOf({ ...search, ...part }));
  const known = search.stream === undefined || streams.includes(search.stream) ? streams : [search.stream, ...streams];
  return (
    <div className={styles.filters} role="group" aria-label="Filters">
      <label>
        <span className={styles.label}>stream</span>
        <select value={search.stream ?? ''} onChange={(event) => change({ stream: event.target.value })}>
          <option value="">all</option>
          {known.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        <span className={styles.label}>reason</span>
        <select value={search.kind ?? ''} onChange={(event) => change({ kind: event.target.value })}>
          <option value="">all</option>
          {(Object.keys(signalWords) as SignalKind[]).map((kind) => (
            <option key={kind} value={kind}>
              {signalWords[kind]}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.priorities} role="group" aria-label="Priority">
        {allPriorities.map((priority) => (
          <button
            key={priority}
            type="button"
            className={styles.priority}
            aria-pressed={search.priority === priority}
            onClick={() => change({ priority: search.priority === priority ? undefined : priority })}
          >
            <PriorityGlyph priority={priority} />
          </button>
        ))}
      </div>
      <label className={styles.mine}>
        <input
          type="checkbox"
          checked={search.mine === true}
          onChange={(event) => change({ mine: event.target.checked })}
        />
        held by me
      </label>
      {isNarrowed(search) ? (
        <Button look="quiet" onClick={() => onChange({})}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}
