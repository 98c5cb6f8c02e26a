import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { meQuery } from '../api/queries.ts';
import { signalWords } from '../flag/signal-words.ts';
import { useKeys } from '../keys/registry.ts';
import { isUnanswered, type LiveFlag } from '../live/reduce.ts';
import { Age, Moment } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { PriorityGlyph } from '../parts/priority-glyph.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { useTitle } from '../parts/title.ts';
import { VirtualTable, type VirtualColumn, type VirtualTableHandle } from '../parts/virtual-table.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { rowStanding } from './queue-rows.ts';
import styles from './queue-screen.module.css';
import { isNarrowed } from './queue-search.ts';
import { useQueueRows } from './use-queue-rows.ts';

const route = getRouteApi('/shell/queue');

/** Every flag that waits, for those who lead; and the way into the walk, for those who answer. */
export function QueueScreen() {
  useTitle('Queue');
  const search = route.useSearch();
  const navigate = useNavigate();
  const me = useQuery(meQuery).data;
  const table = useRef<VirtualTableHandle>(null);
  const myId = me?.person.id ?? '';
  const { rows, fresh, hasMore, isPending, error, retry, hold, letIn, more } = useQueueRows(search, myId);
  const mayDecide = me?.permissions.includes('flags.decide') === true;
  const walkSearch = search.stream === undefined ? {} : { stream: search.stream };
  const hasDue = rows.some(({ dueAt }) => dueAt !== undefined);
  const columns = useMemo(() => columnsFor(myId).filter(({ key }) => hasDue || key !== 'due'), [myId, hasDue]);
  const start = () => void navigate({ to: '/queue/now', search: walkSearch });
  useKeys('Queue', [
    { keys: 'n', does: 'Start: next flag', isOn: mayDecide, act: start },
    { keys: 'j', does: 'Next row', repeats: true, act: () => table.current?.move(1) },
    { keys: 'k', does: 'Row before', repeats: true, act: () => table.current?.move(-1) },
    { keys: 'ArrowDown', does: 'Next row', repeats: true, isQuiet: true, act: () => table.current?.move(1) },
    { keys: 'ArrowUp', does: 'Row before', repeats: true, isQuiet: true, act: () => table.current?.move(-1) },
    { keys: '.', does: 'Show what is new', isOn: fresh > 0, act: letIn },
  ]);
  return (
    <main className={styles.screen}>
      <div className={styles.bar}>
        <h1>Queue</h1>
        <span className={styles.dim}>
          {isPending ? '' : `${rows.length.toLocaleString('en')}${hasMore ? ' and more' : ''} waiting`}
        </span>
        {mayDecide ? (
          <Link to="/queue/now" search={walkSearch} className={styles.start}>
            Start <kbd aria-hidden="true">n</kbd>
          </Link>
        ) : null}
        <QueueFilters
          search={search}
          onChange={(next) => void navigate({ to: '/queue', search: next, replace: true })}
        />
      </div>
      {error === null ? null : <ErrorNotice error={error} what="The queue could not be read." onRetry={retry} />}
      {isPending ? error === null ? <Loading what="queue" lines={8} /> : null : null}
      {!isPending && rows.length === 0 && error === null ? (
        isNarrowed(search) ? (
          <Empty title="No waiting flag matches">
            <Link to="/queue">Show all</Link>
          </Empty>
        ) : (
          <Empty title="The queue is clear">
            <p>No flag waits for an answer. New ones appear here by themselves.</p>
          </Empty>
        )
      ) : null}
      {rows.length === 0 ? null : (
        <div className={styles.table} data-live>
          {fresh === 0 ? null : (
            <Button className={styles.pill} hint="." onClick={letIn}>
              {fresh} new
            </Button>
          )}
          <VirtualTable
            ref={table}
            caption="Flags that wait for an answer"
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            isDimmed={(row) => !isUnanswered(row)}
            onNearEnd={more}
            onHold={hold}
          />
        </div>
      )}
    </main>
  );
}

function columnsFor(me: string): readonly VirtualColumn<LiveFlag>[] {
  return [
    {
      key: 'priority',
      head: <abbr title="Priority">P</abbr>,
      width: '20px',
      cell: ({ priority, state }) => (
        <PriorityGlyph priority={priority} isCalling={priority === 'P1' && state === 'open'} />
      ),
    },
    {
      key: 'stream',
      head: 'stream',
      width: 'minmax(0, 1fr)',
      cell: ({ id, stream }) => (
        <Link to="/flags/$id" params={{ id }} data-row-link preload={false}>
          {stream}
        </Link>
      ),
    },
    {
      key: 'reason',
      head: 'why',
      width: 'minmax(0, 3fr)',
      cell: ({ reason, itemCount }) => (
        <>
          <SafeText text={reason} maxLength={300} />
          {itemCount === undefined || itemCount === 0 ? null : (
            <span className={styles.dim}> · {itemCount} gathered</span>
          )}
        </>
      ),
    },
    {
      key: 'kinds',
      head: 'signals',
      width: 'minmax(0, 1.2fr)',
      isExtra: true,
      cell: ({ kinds }) => <span className={styles.dim}>{kinds.map((kind) => signalWords[kind]).join(', ')}</span>,
    },
    { key: 'age', head: 'waits', width: '7ch', cell: ({ raisedAt }) => <Age at={raisedAt} as="count" /> },
    {
      key: 'due',
      head: 'due',
      width: '9ch',
      isExtra: true,
      cell: ({ dueAt }) => (dueAt === undefined ? null : <Moment at={dueAt} />),
    },
    { key: 'who', head: 'who', width: 'minmax(0, 1fr)', cell: (row) => rowStanding(row, me) },
  ];
}
