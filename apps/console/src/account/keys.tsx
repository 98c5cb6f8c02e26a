import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IngestKey } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { keysQuery } from '../api/queries.ts';
import { Age, Day } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import type { Column } from '../parts/data-table.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import styles from './account.module.css';
import { KeyDialog } from './key-dialog.tsx';

/** Which models may send, and when each last did. */
export function Keys({ mayEdit }: { readonly mayEdit: boolean }) {
  const keys = useQuery(keysQuery);
  const [isAdding, setAdding] = useState(false);
  const [revoked, setRevoked] = useState<IngestKey | null>(null);
  const columns: readonly Column<IngestKey>[] = [
    {
      key: 'name',
      head: 'Name',
      cell: ({ name, revokedAt }) => (
        <>
          {name}
          {revokedAt === null ? null : <span className={styles.tag}>revoked</span>}
        </>
      ),
    },
    { key: 'streams', head: 'Streams', cell: ({ streams }) => (streams.includes('*') ? 'all' : streams.join(', ')) },
    { key: 'made', head: 'Made', cell: ({ createdAt }) => <Day at={createdAt} />, isExtra: true },
    {
      key: 'used',
      head: 'Last used',
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? (
          'never'
        ) : (
          <>
            <Age at={lastUsedAt} /> ago
          </>
        ),
    },
    {
      key: 'acts',
      head: <span className="visually-hidden">Acts</span>,
      cell: (key) =>
        mayEdit && key.revokedAt === null ? (
          <span className={styles.acts}>
            <Button aria-label={`Revoke ${key.name}`} onClick={() => setRevoked(key)}>
              Revoke
            </Button>
          </span>
        ) : null,
    },
  ];
  return (
    <Panel
      title="Ingest keys"
      aside={mayEdit ? <Button onClick={() => setAdding(true)}>Make a key</Button> : undefined}
      isFlush
    >
      {keys.isError ? <ErrorNotice error={keys.error} onRetry={() => void keys.refetch()} /> : null}
      {keys.isPending ? <Loading what="ingest keys" lines={3} /> : null}
      {keys.data?.items.length === 0 ? (
        <Empty title="No key yet">A model needs one to send its predictions.</Empty>
      ) : null}
      {keys.data === undefined || keys.data.items.length === 0 ? null : (
        <DataTable caption="Ingest keys" columns={columns} rows={keys.data.items} keyOf={({ id }) => id} />
      )}
      {isAdding ? <KeyDialog onClose={() => setAdding(false)} /> : null}
      {revoked === null ? null : <RevokeDialog ingestKey={revoked} onClose={() => setRevoked(null)} />}
    </Panel>
  );
}

function RevokeDialog({ ingestKey, onClose }: { readonly ingestKey: IngestKey; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call('revokeKey', { params: { id: ingestKey.id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keysQuery.queryKey });
      onClose();
    },
  });
  return (
    <Dialog
      title={`Revoke ${ingestKey.name}?`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="main" isBusy={revoke.isPending} onClick={() => revoke.mutate()}>
            Revoke
          </Button>
        </>
      }
    >
      {revoke.isError ? <ErrorNotice error={revoke.error} /> : null}
      <p>Models that send with this key are refused from now on. A revoked key never comes back.</p>
    </Dialog>
  );
}
