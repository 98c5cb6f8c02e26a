import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Autonomy } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button } from '../parts/button.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { allModes, autonomyWords } from './autonomy-words.ts';
import styles from '../policy/policy.module.css';

interface Props {
  readonly stream: string;
  readonly autonomy: Autonomy;
  readonly mayChange: boolean;
}

/** What the model may do alone, and the way to change it, with the reason that the record keeps. */
export function AutonomySwitch({ stream, autonomy, mayChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {mayChange ? (
        <Button onClick={() => setOpen(true)} title={autonomyWords[autonomy]}>
          {autonomy}
          <span className="visually-hidden">: change what the model may do alone</span>
        </Button>
      ) : (
        <span className={styles.mode} title={autonomyWords[autonomy]}>
          {autonomy}
        </span>
      )}
      {isOpen ? <AutonomyDialog stream={stream} autonomy={autonomy} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AutonomyDialog({
  stream,
  autonomy,
  onClose,
}: {
  readonly stream: string;
  readonly autonomy: Autonomy;
  readonly onClose: () => void;
}) {
  const queries = useQueryClient();
  const [mode, setMode] = useState(autonomy);
  const [reason, setReason] = useState('');
  const change = useMutation({
    mutationFn: () => call('changeAutonomy', { params: { stream }, body: { autonomy: mode, reason } }),
    onSuccess: async (policy) => {
      queries.setQueryData(['policy', stream], policy);
      onClose();
      await queries.invalidateQueries({ queryKey: ['stream', stream] });
    },
  });
  return (
    <FormDialog
      title={`What may ${stream} do alone?`}
      act={mode === autonomy ? 'Change' : `Change to ${mode}`}
      sending={change}
      isDisabled={mode === autonomy || reason.trim() === ''}
      onClose={onClose}
    >
      <fieldset>
        <legend className="visually-hidden">Autonomy</legend>
        {allModes.map((each) => (
          <label key={each} className={styles.choice}>
            <input type="radio" name="autonomy" checked={mode === each} onChange={() => setMode(each)} />
            <span>
              <b>{each}</b> {each === autonomy ? <span className={styles.dim}>now</span> : null}
              <br />
              <span className={styles.dim}>{autonomyWords[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
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
