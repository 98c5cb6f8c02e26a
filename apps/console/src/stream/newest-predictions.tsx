import { useQuery } from '@tanstack/react-query';
import type { PredictionRow, StreamSummary } from '@watchfloor/contracts';
import { useState } from 'react';
import { streamPredictionsQuery } from '../api/queries.ts';
import { useTick } from '../live/use-live.ts';
import { Moment } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import type { Column } from '../parts/data-table.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { confidenceText, valueText } from '../parts/figures.ts';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { PredictionDialog } from './prediction-dialog.tsx';
import styles from './rows.module.css';

const confidenceColumn: Column<PredictionRow> = {
  key: 'confidence',
  head: 'Confidence',
  isNumber: true,
  cell: ({ confidence }) => (confidence === undefined ? '–' : confidenceText(confidence)),
};

/**
 * The newest predictions, as they were when one asked. Newer ones wait behind a button that counts them: a list that
 * moved by itself would be read wrongly and clicked wrongly.
 */
export function NewestPredictions({ stream }: { readonly stream: StreamSummary }) {
  const { name } = stream;
  const page = useQuery(streamPredictionsQuery(name));
  const [opened, setOpened] = useState<string | null>(null);
  const rows = page.data?.items;
  const newest = useTick(name)?.position ?? 0;
  const shownTo = rows?.[0]?.position ?? 0;
  const waiting = rows === undefined ? 0 : Math.max(0, newest - shownTo);
  const columns: readonly Column<PredictionRow>[] = [
    { key: 'at', head: 'Received', cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
    {
      key: 'id',
      head: 'Id',
      cell: ({ id }) => (
        <button type="button" className={styles.id} onClick={() => setOpened(id)}>
          <SafeText text={id} maxLength={60} />
        </button>
      ),
    },
    {
      key: 'answer',
      head: stream.task === 'label' ? 'Label' : 'Value',
      cell: ({ label, value }) =>
        label === undefined ? (
          value === undefined ? (
            '–'
          ) : (
            valueText(value)
          )
        ) : (
          <span className={styles.word}>
            <SafeText text={label} maxLength={80} />
          </span>
        ),
    },
    ...(rows?.some(({ confidence }) => confidence !== undefined) === true ? [confidenceColumn] : []),
    { key: 'flag', head: 'Flag', cell: ({ isFlagged }) => (isFlagged ? 'flagged' : ''), isExtra: true },
  ];
  return (
    <Panel
      title="Newest predictions"
      aside={
        <Button onClick={() => void page.refetch()} disabled={waiting === 0} isBusy={page.isFetching}>
          {waiting === 0 ? 'up to date' : `${waiting.toLocaleString('en')} new`}
        </Button>
      }
      isFlush
    >
      {page.isError ? <ErrorNotice error={page.error} onRetry={() => void page.refetch()} /> : null}
      {page.isPending ? <Loading what="predictions" lines={8} /> : null}
      {rows?.length === 0 ? <Empty title="No prediction is stored" /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <div className={styles.window}>
          <DataTable caption="Newest predictions" columns={columns} rows={rows} keyOf={({ position }) => position} />
        </div>
      )}
      {opened === null ? null : <PredictionDialog stream={name} id={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
}
