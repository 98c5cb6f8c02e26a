import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useOutbox } from '../flag/outbox/delivery.ts';
import { isOpen } from '../flag/outbox/outbox.ts';
import { floorCounts, sumOf } from '../live/counts.ts';
import { useLive } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import styles from './between.module.css';
import type { Walk } from '../flag/walk/walk.ts';

/** A next flag that takes longer than this is said to be loading. */
const quietMs = 300;

/** No flag is on the screen: the next one is coming, or there is none, or the server cannot be asked. */
export function Between({ walk, onAskAgain }: { readonly walk: Walk; readonly onAskAgain: () => void }) {
  const { pause, isAsking } = walk;
  if (pause === null) {
    return <LoadingNext />;
  }
  return pause.is === 'clear' ? (
    <Clear />
  ) : (
    <section className={styles.face} role="alert">
      <h1>The next flag could not be fetched</h1>
      <p>{pause.because}</p>
      <Waiting />
      <Button look="main" isBusy={isAsking} onClick={onAskAgain}>
        Try again
      </Button>
    </section>
  );
}

function LoadingNext() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), quietMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section className={styles.face} aria-busy="true" data-between="loading">
      <div role="status">
        {isSlow ? (
          <>
            <h1>Loading next</h1>
            <p className={styles.dim}>Keys and buttons rest until it is here.</p>
          </>
        ) : null}
      </div>
    </section>
  );
}

function Clear() {
  const waiting = useLive((state) => sumOf(floorCounts(state)));
  return (
    <section className={styles.face} data-between="clear">
      <div role="status">
        <h1>The queue is clear</h1>
      </div>
      <p>
        {waiting === 0
          ? 'No flag waits for an answer. The next one appears here by itself.'
          : `Nothing waits for you: ${waiting} ${waiting === 1 ? 'flag is' : 'flags are'} held by others, snoozed, or left to others by you.`}
      </p>
      <Waiting />
      <p className={styles.links}>
        <Link to="/queue">All waiting flags</Link>
        <Link to="/watch">Watch</Link>
        <Link to="/history">History</Link>
      </p>
    </section>
  );
}

function Waiting() {
  const open = useOutbox((state) => state.sent.filter(isOpen).length);
  return open === 0 ? null : (
    <p>
      <strong>
        {open} {open === 1 ? 'answer of yours is' : 'answers of yours are'} not stored yet.
      </strong>{' '}
      Keep this tab open.
    </p>
  );
}
