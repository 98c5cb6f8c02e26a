import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PolicyDraft } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import styles from './policy.module.css';

interface Props {
  readonly stream: string;
  readonly draft: PolicyDraft;
  /** The version that it becomes. */
  readonly next: number;
  /** How many settings change. */
  readonly changed: number;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}

export function PublishDialog({ stream, draft, next, changed, onClose, onPublished }: Props) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const publish = useMutation({
    mutationFn: () =>
      call('publishDraft', { params: { stream, draft: draft.id }, body: { version: draft.version, reason } }),
    onSuccess: async () => {
      onPublished();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['policy', stream] }),
        queries.invalidateQueries({ queryKey: ['stream', stream] }),
        queries.invalidateQueries({ queryKey: ['risk', stream] }),
      ]);
    },
  });
  return (
    <FormDialog
      title={`Publish as version ${String(next)} of ${stream}?`}
      act="Publish"
      sending={publish}
      isDisabled={reason.trim() === ''}
      onClose={onClose}
    >
      <p>
        {changed === 1 ? 'One setting changes' : `${String(changed)} settings change`} for all predictions from now on.
        It can be rolled back.
      </p>
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
