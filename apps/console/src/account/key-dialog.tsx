import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../api/client.ts';
import { keysQuery, streamsQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { CopyBlock } from '../parts/copy-block.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import styles from './account.module.css';
import { streamNamesOf } from './stream-names.ts';

/** Makes an ingest key and shows its secret this one time. */
export function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const list = useId();
  const queries = useQueryClient();
  const known = useQuery(streamsQuery).data?.items ?? [];
  const [name, setName] = useState('');
  const [streams, setStreams] = useState('');
  const make = useMutation({
    mutationFn: () => call('addKey', { body: { name, streams: [...streamNamesOf(streams)] } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (make.isSuccess) {
    return (
      <Dialog title={`The key ${make.data.name}`} onClose={onClose} foot={<Button onClick={onClose}>I have it</Button>}>
        <div className={styles.form}>
          <p>This is shown once. Keep it where the model reads its secrets.</p>
          <CopyBlock label="Secret of the key" text={make.data.secret} />
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog title="Make an ingest key" act="Make it" sending={make} onClose={onClose}>
      <label className={styles.field}>
        Name
        <input
          required
          maxLength={100}
          value={name}
          placeholder="fraud service"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className={styles.field}>
        Streams it may write, separated by commas; empty: all
        <input list={list} maxLength={2_000} value={streams} onChange={(event) => setStreams(event.target.value)} />
        <datalist id={list}>
          {known.map((stream) => (
            <option key={stream.name} value={stream.name} />
          ))}
        </datalist>
      </label>
    </FormDialog>
  );
}
