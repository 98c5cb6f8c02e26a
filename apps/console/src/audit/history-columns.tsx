import { Link } from '@tanstack/react-router';
import { Moment } from '../parts/age.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import type { VirtualColumn } from '../parts/virtual-table.tsx';
import type { EntryRow } from './entry-row.ts';
import styles from './history-screen.module.css';
import { historyAddressOf, type HistorySearch } from './history-search.ts';

/** What a row of the history shows; less beside an open entry. The row leads to its entry, within the filters of now. */
export function historyColumns(search: HistorySearch): readonly VirtualColumn<EntryRow>[] {
  const columns = allColumns(search);
  return search.entry === undefined ? columns : columns.filter(({ key }) => key !== 'reason' && key !== 'model');
}

function allColumns(search: HistorySearch): readonly VirtualColumn<EntryRow>[] {
  return [
    {
      key: 'number',
      head: '#',
      width: '9ch',
      cell: ({ number }) => (
        <Link
          to="/history"
          search={historyAddressOf({ ...search, entry: number })}
          className={styles.number}
          data-row-link
          preload={false}
          replace
        >
          {number.toLocaleString('en')}
        </Link>
      ),
    },
    {
      key: 'time',
      head: 'time',
      width: '19ch',
      cell: ({ entry }) => (entry === null ? null : <Moment at={entry.at} withDate />),
    },
    {
      key: 'kind',
      head: 'what',
      width: 'minmax(9ch, 1fr)',
      cell: ({ what, entry }) => <span className={entry === null ? styles.dim : undefined}>{what}</span>,
    },
    { key: 'stream', head: 'stream', width: 'minmax(0, 1.2fr)', cell: ({ entry }) => entry?.stream ?? '' },
    {
      key: 'model',
      head: 'model said',
      width: 'minmax(0, 1fr)',
      cell: ({ model }) => (model === '' ? null : <SafeText text={model} maxLength={100} />),
    },
    {
      key: 'answer',
      head: 'answer',
      width: 'minmax(0, 1.2fr)',
      cell: ({ answer, entry }) => (
        <span data-verdict={verdictIn(entry)} className={styles.answer}>
          <SafeText text={answer} maxLength={200} />
        </span>
      ),
    },
    {
      key: 'reason',
      head: 'reason',
      width: 'minmax(0, 1.6fr)',
      cell: ({ reason }) => (
        <span className={styles.dim}>
          <SafeText text={reason} maxLength={200} />
        </span>
      ),
    },
    { key: 'who', head: 'who', width: 'minmax(0, 1fr)', cell: ({ who }) => who },
  ];
}

function verdictIn(entry: EntryRow['entry']): string | undefined {
  return entry !== null && 'verdict' in entry.data ? entry.data.verdict : undefined;
}
