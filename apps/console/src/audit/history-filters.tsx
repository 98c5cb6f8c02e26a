import type { EntryKind, ReasonCode, VerdictKind } from '@watchfloor/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type RefObject } from 'react';
import { recordPeopleQuery } from '../api/queries.ts';
import { reasonsInOrder } from '../flag/answer/reasons.ts';
import { shallowEqual, useLive } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { entryKindsInOrder, entryWords } from './entry-words.ts';
import styles from './history-filters.module.css';
import { isFiltered, type HistoryFilter } from './history-search.ts';
import { inWords, understood } from './history-words.ts';
import { peopleIn } from './people-in.ts';

interface Props {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly filter: HistoryFilter;
  readonly me: { readonly id: string; readonly name: string };
  readonly onChange: (filter: HistoryFilter) => void;
  readonly onEntry: (entry: number) => void;
}

/** One line that says it all, and the same by hand; both write the address. */
export function HistoryFilters({ field, filter, me, onChange, onEntry }: Props) {
  const streams = useLive((state) => [...state.streams.keys()].sort(), shallowEqual);
  const everybody = useQuery(recordPeopleQuery).data;
  const people = useMemo(() => peopleIn(everybody ?? [], me, filter.person), [everybody, me, filter.person]);
  const [isOpen, setOpen] = useState(false);
  const set = (part: { [Key in keyof HistoryFilter]?: HistoryFilter[Key] | undefined }) => {
    onChange(Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined)));
  };
  return (
    <div className={styles.filters} role="search" aria-label="History">
      <SearchLine key={inWords(filter)} field={field} filter={filter} onChange={onChange} onEntry={onEntry} />
      {isFiltered(filter) ? (
        <Button look="quiet" onClick={() => onChange({})}>
          Clear filters
        </Button>
      ) : null}
      <Button className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Filters
      </Button>
      <div className={styles.choices} data-open={isOpen}>
        <Choice
          name="what"
          value={filter.kind?.length === 1 ? filter.kind[0] : undefined}
          options={entryKindsInOrder.map((kind) => [kind, entryWords[kind]])}
          onChange={(kind) => set({ kind: kind === undefined ? undefined : [kind as EntryKind] })}
        />
        <Choice
          name="stream"
          value={filter.stream}
          options={streams.map((name) => [name, name])}
          onChange={(stream) => set({ stream })}
        />
        <Choice name="who" value={filter.person} options={people} onChange={(person) => set({ person })} />
        <Choice
          name="verdict"
          value={filter.verdict}
          options={[
            ['confirmed', 'confirmed'],
            ['overridden', 'overridden'],
          ]}
          onChange={(verdict) => set({ verdict: verdict as VerdictKind | undefined })}
        />
        <Choice
          name="reason"
          value={filter.reason}
          options={reasonsInOrder.map(({ code, words }) => [code, words])}
          onChange={(reason) => set({ reason: reason as ReasonCode | undefined })}
        />
        <Day name="from" at={filter.from} onChange={(from) => set({ from })} />
        <Day name="until" at={filter.to} onChange={(to) => set({ to })} />
      </div>
    </div>
  );
}

function SearchLine({ field, filter, onChange, onEntry }: Omit<Props, 'me'>) {
  const [text, setText] = useState(() => inWords(filter));
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault();
        const read = understood(text);
        setUnknown(read.unknown);
        if (read.unknown.length > 0) {
          return;
        }
        field.current?.blur();
        if (read.entry === null) {
          onChange(read.filter);
        } else {
          onEntry(read.entry);
        }
      }}
    >
      <label className={styles.lineField}>
        <span className="visually-hidden">Search the record</span>
        <input
          ref={field}
          type="search"
          maxLength={500}
          spellCheck={false}
          autoComplete="off"
          placeholder="overridden reason:wrong-class stream:digits 2026-10   or   #918204"
          value={text}
          aria-invalid={unknown.length > 0}
          onChange={(event) => setText(event.target.value)}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {unknown.length === 0 ? null : (
        <p role="alert" className={styles.unknown}>
          Not understood: {unknown.join(' ')}. Known are kind: stream: flag: by: reason: from: to:, confirmed,
          overridden, a month or day, #number.
        </p>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ name, value, options, onChange }: ChoiceProps) {
  const known =
    value === undefined || options.some(([one]) => one === value) ? options : [[value, value] as const, ...options];
  return (
    <label className={styles.choice}>
      <span>{name}</span>
      <select
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">any</option>
        {known.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DayProps {
  readonly name: string;
  readonly at: string | undefined;
  readonly onChange: (at: string | undefined) => void;
}

/** A moment in UTC, to the minute, whatever zone the times are shown in. */
function Day({ name, at, onChange }: DayProps) {
  return (
    <label className={styles.choice}>
      <span>{name} (UTC)</span>
      <input
        type="datetime-local"
        value={at?.slice(0, 16) ?? ''}
        onChange={(event) => {
          const { value } = event.target;
          onChange(value === '' ? undefined : new Date(`${value}Z`).toISOString());
        }}
      />
    </label>
  );
}
