import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { CopyBlock } from '../parts/copy-block.tsx';
import { ErrorNotice } from '../parts/faces.tsx';
import { firstCommand, keyPlace, shells } from './first-command.ts';
import type { Shell } from './first-command.ts';
import styles from './first-stream.module.css';

const firstId = `first-${Date.now().toString(36)}`;

/** An empty floor: the three steps from here to a live stream. It gives way by itself when the first prediction comes. */
export function FirstStream() {
  const me = useQuery(meQuery).data;
  const mayMakeKeys = me?.permissions.includes('keys.edit') === true;
  const [shell, setShell] = useState<Shell>('curl');
  const key = useMutation({ mutationFn: () => call('addKey', { body: { name: 'First key', streams: ['*'] } }) });
  return (
    <main className={styles.screen}>
      <h1>No model reports here yet</h1>
      <p className={styles.dim}>
        Three steps to the first live stream. There is nothing to set up: a stream begins with its first prediction.
      </p>
      <ol className={styles.steps}>
        <li>
          <h2>Make an ingest key</h2>
          {key.isSuccess ? (
            <>
              <p>Shown this once; it stands in the command below.</p>
              <CopyBlock label="Ingest key" text={key.data.secret} />
            </>
          ) : mayMakeKeys ? (
            <>
              <p className={styles.dim}>
                Models send with it. It may write predictions of every stream and read nothing.
              </p>
              {key.isError ? <ErrorNotice error={key.error} /> : null}
              <Button look="main" isBusy={key.isPending} onClick={() => key.mutate()}>
                Make a key
              </Button>
            </>
          ) : (
            <p className={styles.dim}>
              Your roles do not make keys. Ask an administrator
              {me?.permissions.includes('keys.read') === true ? (
                <>
                  {' '}
                  (<Link to="/people">people and keys</Link>)
                </>
              ) : null}
              .
            </p>
          )}
        </li>
        <li>
          <h2>Send a prediction to this server</h2>
          <div className={styles.shells} role="group" aria-label="Shell">
            {(Object.keys(shells) as Shell[]).map((name) => (
              <Button key={name} aria-pressed={shell === name} onClick={() => setShell(name)}>
                {shells[name]}
              </Button>
            ))}
          </div>
          <CopyBlock
            label="Command"
            text={firstCommand(shell, location.origin, key.data?.secret ?? keyPlace, firstId)}
          />
        </li>
        <li>
          <h2>Watch it arrive</h2>
          <p className={styles.waiting} role="status">
            <span className={styles.pulse} aria-hidden="true" /> Waiting for the first prediction; this page turns into
            the floor by itself.
          </p>
          <p className={styles.dim}>
            The model of the command is less than half sure, so your first flag comes with it: press <kbd>g</kbd>{' '}
            <kbd>q</kbd>, then <kbd>n</kbd>.
          </p>
        </li>
      </ol>
      <p className={styles.dim}>
        All fields, batches, NDJSON and CloudEvents: <a href="/api/docs">the API's documentation</a>.
      </p>
    </main>
  );
}
