import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PolicyVersionRow } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { policyVersionsQuery } from '../api/queries.ts';
import { Age } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './policy.module.css';

interface Props {
  readonly stream: string;
  /** The version in force. */
  readonly version: number;
  readonly maySteer: boolean;
}

const ways: Readonly<Record<PolicyVersionRow['way'], string>> = {
  registered: 'came with the stream',
  direct: 'changed directly',
  autonomy: 'autonomy changed',
  draft: 'draft published',
  rollback: 'rolled back',
};

/** Every version that has been in force, and the way back to it. */
export function VersionsPanel({ stream, version, maySteer }: Props) {
  const versions = useQuery(policyVersionsQuery(stream));
  const [chosen, setChosen] = useState<PolicyVersionRow | null>(null);
  return (
    <Panel title="Versions" isFlush>
      {versions.isError ? <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} /> : null}
      {versions.isPending ? <Loading what="the versions" lines={4} /> : null}
      {versions.data === undefined ? null : (
        <DataTable
          caption="Versions of the policy"
          keyOf={(row) => row.version}
          rows={versions.data.items}
          selected={(row) => row.version === version}
          columns={[
            { key: 'version', head: 'Version', isNumber: true, cell: (row) => row.version },
            {
              key: 'at',
              head: 'In force',
              cell: (row) => (
                <>
                  <Age at={row.at} /> ago
                </>
              ),
            },
            {
              key: 'by',
              head: 'By',
              cell: ({ by }) => (by === null ? 'the system' : <SafeText text={by.name} maxLength={60} />),
            },
            {
              key: 'way',
              head: 'How',
              isExtra: true,
              cell: ({ way, restores, approval }) =>
                `${ways[way]}${restores === null ? '' : ` to ${String(restores)}`}${approval === 'alone' ? ', alone' : ''}`,
            },
            {
              key: 'reason',
              head: 'Reason',
              cell: ({ reason, changed }) => (
                <SafeText
                  text={reason ?? changed.map((path) => path.slice(1).replaceAll('/', ' › ')).join('; ')}
                  maxLength={200}
                />
              ),
            },
            {
              key: 'back',
              head: '',
              cell: (row) =>
                !maySteer || row.version === version ? null : (
                  <Button look="quiet" onClick={() => setChosen(row)}>
                    Roll back<span className="visually-hidden"> to version {row.version}</span>
                  </Button>
                ),
            },
          ]}
        />
      )}
      {chosen === null ? null : (
        <RollBackDialog stream={stream} version={version} to={chosen.version} onClose={() => setChosen(null)} />
      )}
    </Panel>
  );
}

function RollBackDialog({
  stream,
  version,
  to,
  onClose,
}: {
  readonly stream: string;
  readonly version: number;
  readonly to: number;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const rollBack = useMutation({
    mutationFn: () => call('rollBackPolicy', { params: { stream }, body: { version, to, reason } }),
    onSuccess: async () => {
      onClose();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['policy', stream] }),
        queries.invalidateQueries({ queryKey: ['stream', stream] }),
      ]);
    },
  });
  return (
    <FormDialog
      title={`Back to version ${String(to)} of ${stream}?`}
      act="Roll back"
      sending={rollBack}
      isDisabled={reason.trim() === ''}
      onClose={onClose}
    >
      <p>Its settings come into force again as version {version + 1}; nothing is erased.</p>
      <label className={styles.field}>
        Reason, for the record
        <textarea
          required
          rows={2}
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}
