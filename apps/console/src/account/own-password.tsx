import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { Button } from '../parts/button.tsx';
import { ErrorNotice } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import styles from './account.module.css';

/** One's own password: set for the first time by those who came by a link, changed by everybody else. */
export function OwnPassword({ id }: { readonly id: string }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () =>
      call('changePerson', {
        params: { id },
        body: { password, ...(current === '' ? {} : { currentPassword: current }) },
      }),
    onSuccess: () => {
      setCurrent('');
      setPassword('');
    },
  });
  return (
    <Panel title="My password">
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <label className={styles.field}>
          Present password (empty if none was set)
          <input
            type="password"
            autoComplete="current-password"
            maxLength={200}
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </label>
        <label className={styles.field}>
          New password (10 characters or more)
          <input
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <Button type="submit" isBusy={change.isPending}>
          Set it
        </Button>
      </form>
      <div role="status">
        {change.isSuccess ? <p className={styles.dim}>The new password holds from now on.</p> : null}
      </div>
      {change.isError ? <ErrorNotice error={change.error} /> : null}
    </Panel>
  );
}
