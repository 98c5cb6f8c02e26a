import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { useKeys } from '../keys/registry.ts';
import { usePhase } from '../live/use-live.ts';
import { Moment } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { NotAllowed } from '../parts/not-allowed.tsx';
import { useTitle } from '../parts/title.ts';
import { useToasts } from '../parts/toast.tsx';
import { VirtualTable, type VirtualTableHandle } from '../parts/virtual-table.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { historyColumns } from './history-columns.tsx';
import { HistoryFilters } from './history-filters.tsx';
import styles from './history-screen.module.css';
import {
  filterOf,
  historyAddressOf,
  historySearchOf,
  isFiltered,
  type HistoryFilter,
  type HistorySearch,
} from './history-search.ts';
import { useHistory } from './use-history.ts';

const route = getRouteApi('/shell/history');

/** The record: every human act and what led to it, numbered, newest first. */
export function HistoryScreen() {
  const me = useQuery(meQuery).data;
  useTitle('History');
  if (me === undefined) {
    return null;
  }
  return me.permissions.includes('record.read') ? (
    <History mayExport={me.permissions.includes('record.export')} me={me.person} />
  ) : (
    <NotAllowed what="the record" />
  );
}

function History({
  mayExport,
  me,
}: {
  readonly mayExport: boolean;
  readonly me: { readonly id: string; readonly name: string };
}) {
  const address = route.useSearch();
  const search = useMemo(() => historySearchOf({ ...address }), [address]);
  const filter = useMemo(() => filterOf(search), [search]);
  const navigate = useNavigate();
  const table = useRef<VirtualTableHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const [isExporting, setExporting] = useState(false);
  const show = useToasts((state) => state.show);
  const { rows, fresh, isManyFresh, hasMore, isPending, error, retry, letIn, more, readAt } = useHistory(filter);
  const isOffline = usePhase() === 'offline';
  const go = (next: HistorySearch) => void navigate({ to: '/history', search: historyAddressOf(next), replace: true });
  const narrow = (next: HistoryFilter) => go(search.entry === undefined ? next : { ...next, entry: search.entry });
  const close = () => go(filter);
  const copy = () => {
    navigator.clipboard.writeText(location.href).then(
      () => show({ text: 'Link copied', forMs: 3_000 }),
      () => show({ text: 'The browser does not let this page copy; the link is in the address bar.' }),
    );
  };
  useKeys('History', [
    { keys: '/', does: 'Search', act: () => field.current?.focus() },
    { keys: 'j', does: 'Next row', repeats: true, act: () => table.current?.move(1) },
    { keys: 'k', does: 'Row before', repeats: true, act: () => table.current?.move(-1) },
    { keys: 'ArrowDown', does: 'Next row', repeats: true, isQuiet: true, act: () => table.current?.move(1) },
    { keys: 'ArrowUp', does: 'Row before', repeats: true, isQuiet: true, act: () => table.current?.move(-1) },
    { keys: '.', does: 'Show what is new', isOn: fresh > 0, act: letIn },
    { keys: 'x', does: 'Export', isOn: mayExport, act: () => setExporting(true) },
    { keys: 'y', does: 'Copy a link to this view', act: copy },
    { keys: 'Escape', does: 'Close the entry', isOn: search.entry !== undefined, act: close },
  ]);
  const columns = useMemo(() => historyColumns(search), [search]);
  return (
    <main className={styles.screen} data-open={search.entry !== undefined}>
      <div className={styles.bar}>
        <h1>History</h1>
        <span className={styles.dim}>
          {isOffline && readAt > 0 ? (
            <>
              as of <Moment at={readAt} withDate />
            </>
          ) : isPending ? (
            ''
          ) : (
            `${hasMore ? 'the newest ' : ''}${rows.length.toLocaleString('en')} entries`
          )}
        </span>
        {fresh === 0 ? null : (
          <Button className={styles.pill} hint="." onClick={letIn}>
            {isManyFresh ? `${fresh} or more` : fresh.toLocaleString('en')} new
          </Button>
        )}
        <span className={styles.acts}>
          <Button hint="y" onClick={copy}>
            Copy link
          </Button>
          {mayExport ? (
            <Button hint="x" onClick={() => setExporting(true)}>
              Export
            </Button>
          ) : null}
        </span>
      </div>
      <HistoryFilters
        field={field}
        filter={filter}
        me={me}
        onChange={narrow}
        onEntry={(entry) => go({ ...filter, entry })}
      />
      <div className={styles.split}>
        <div className={styles.list}>
          {error === null ? null : <ErrorNotice error={error} what="The record could not be read." onRetry={retry} />}
          {isPending && error === null ? <Loading what="record" lines={10} /> : null}
          {!isPending && rows.length === 0 && error === null ? (
            <Empty title={isFiltered(filter) ? 'No entry matches' : 'The record is empty'}>
              {isFiltered(filter) ? (
                <Link to="/history">Show all entries</Link>
              ) : (
                <p>What people and the system do appears here.</p>
              )}
            </Empty>
          ) : null}
          {rows.length === 0 ? null : (
            <VirtualTable
              ref={table}
              caption="Entries of the record, newest first"
              columns={columns}
              rows={rows}
              keyOf={({ number }) => number}
              isSelected={({ number }) => number === search.entry}
              isDimmed={({ entry }) => entry === null}
              onNearEnd={more}
            />
          )}
        </div>
        {search.entry === undefined ? null : <EntryDetail key={search.entry} number={search.entry} onClose={close} />}
      </div>
      {isExporting ? <ExportDialog filter={filter} onClose={() => setExporting(false)} /> : null}
    </main>
  );
}
