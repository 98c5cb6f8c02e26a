import { useEffect } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useConnection, useLiveLine } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { spanOf } from '../parts/time.ts';
import { prefixTitle } from '../parts/title.ts';
import { useToasts } from '../parts/toast.tsx';
import styles from './connection-banner.module.css';
import { caughtUpWords } from './caught-up.ts';

/** Says over every screen that nothing on it is live, why, and when the next attempt is. */
export function ConnectionBanner() {
  const connection = useConnection();
  const live = useLiveLine();
  const isOffline = connection.phase === 'offline';
  useEffect(() => {
    prefixTitle(isOffline ? '! OFFLINE ' : '');
  }, [isOffline]);
  if (connection.phase !== 'offline') {
    return null;
  }
  const { cause, retryInMs, ageMs } = connection;
  return (
    <div className={styles.banner}>
      <p role="alert">
        <strong>Offline: {cause}.</strong> Nothing here is live.
      </p>
      <p className={styles.facts}>
        {ageMs === null ? null : <>Values are {spanOf(ageMs)} old. </>}
        {retryInMs === null ? 'Trying now' : `Next attempt in ${String(Math.ceil(retryInMs / 1000))} s`}
      </p>
      <Button onClick={live.retry}>Retry now</Button>
    </div>
  );
}

/** After an absence: what was missed, with the way to it. */
export function useCaughtUpNotice(): void {
  const live = useLiveLine();
  const show = useToasts((state) => state.show);
  const navigate = useNavigate();
  useEffect(
    () =>
      live.store.onReturn((caughtUp) => {
        show({
          text: caughtUpWords(caughtUp),
          ...(caughtUp.events === 0 ? {} : { act: { label: 'Show', run: () => void navigate({ to: '/history' }) } }),
        });
      }),
    [live, show, navigate],
  );
}
