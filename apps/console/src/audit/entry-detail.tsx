import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RecordEntry } from '@watchfloor/contracts';
import { useEffect, useRef } from 'react';
import { recordEntryQuery } from '../api/queries.ts';
import { figure } from '../flag/figure.ts';
import { isReadable } from '../live/reduce.ts';
import { Moment } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { usePreferences } from '../theme/preferences.ts';
import styles from './entry-detail.module.css';
import { entryFields } from './entry-fields.ts';
import { entryRowOf } from './entry-row.ts';
import { entryWords } from './entry-words.ts';
import { FlagLifeList } from './flag-life-list.tsx';

interface Props {
  readonly number: number;
  readonly onClose: () => void;
}

/** One entry with all its fields, and the life of the flag that it belongs to. */
export function EntryDetail({ number, onClose }: Props) {
  const read = useQuery(recordEntryQuery(number));
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  const entry = read.data;
  return (
    <div ref={panel} className={styles.detail} data-entry={number}>
      <Panel
        title={`Entry #${number.toLocaleString('en')}`}
        aside={
          <Button look="quiet" hint="Esc" onClick={onClose}>
            Close
          </Button>
        }
      >
        {read.isPending ? <Loading what="entry" lines={6} /> : null}
        {read.isError ? (
          <ErrorNotice error={read.error} what="The entry could not be read." onRetry={() => void read.refetch()} />
        ) : null}
        {entry === undefined ? null : isReadable(entry) ? <Whole entry={entry} /> : <Hidden />}
      </Panel>
      {entry !== undefined && isReadable(entry) && entry.flagId !== null ? (
        <FlagLifeList flagId={entry.flagId} current={number} />
      ) : null}
    </div>
  );
}

function Hidden() {
  return (
    <Empty title="This entry is not for your role">
      <p>
        Its number shows that nothing is missing from the record. What could give away the answer to a second look that
        you could take is shown once it is answered.
      </p>
    </Empty>
  );
}

function Whole({ entry }: { readonly entry: RecordEntry }) {
  const { model, answer, reason } = entryRowOf(entry);
  const isLocal = usePreferences((preferences) => preferences.zone === 'local');
  return (
    <div className={styles.whole}>
      <p className={styles.what}>{entryWords[entry.kind]}</p>
      {model === '' ? null : (
        <p className={styles.said}>
          <span>
            <small>the model said</small>
            <SafeText text={model} maxLength={400} />
          </span>
          <span>
            <small>the answer was</small>
            <SafeText text={answer} maxLength={400} />
          </span>
        </p>
      )}
      <dl className={styles.fields}>
        <Field name="time">
          <code className={styles.code}>{entry.at}</code>
          {isLocal ? (
            <>
              {' '}
              (<Moment at={entry.at} withDate /> local)
            </>
          ) : null}
        </Field>
        <Field name="who">{entry.actor.kind === 'system' ? `the system, ${entry.actor.part}` : entry.actorName}</Field>
        {reason === '' ? null : (
          <Field name="reason">
            <SafeText text={reason} maxLength={1_000} />
          </Field>
        )}
        {entry.stream === null ? null : (
          <Field name="stream">
            <Link to="/streams/$stream" params={{ stream: entry.stream }}>
              {entry.stream}
            </Link>
          </Field>
        )}
        {entry.flagId === null ? null : (
          <Field name="flag">
            <Link to="/flags/$id" params={{ id: entry.flagId }} className={styles.code}>
              {entry.flagId}
            </Link>
          </Field>
        )}
        {entryFields(entry).map(({ name, value }) => (
          <Field key={name} name={name}>
            {typeof value === 'number' ? figure(value) : <SafeText text={value} maxLength={1_000} />}
          </Field>
        ))}
        <Field name="entry id">
          <code className={styles.code}>{entry.id}</code>
        </Field>
        <Field name="leaf hash">
          <code className={styles.code}>{entry.leafHash}</code>
        </Field>
      </dl>
    </div>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
