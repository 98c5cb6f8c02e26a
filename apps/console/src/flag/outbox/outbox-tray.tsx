import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { meQuery } from '../../api/queries.ts';
import { useKeys } from '../../keys/registry.ts';
import { useLiveLine } from '../../live/use-live.ts';
import { Button } from '../../parts/button.tsx';
import { useNow } from '../../parts/now.ts';
import { dismiss, startDelivery, undo, useOutbox } from './delivery.ts';
import { isOpen, undoable, type Sent } from './outbox.ts';
import styles from './outbox-tray.module.css';
import { standingWords } from './standing-words.ts';

/** A finished answer stays for so long, not counting the time in which somebody points at it. */
const shownMs = 10_000;
const shownAtMost = 3;

/** The answers under way, over every screen: where each stands, and the way back from the last one. */
export function OutboxTray() {
  const live = useLiveLine();
  const queries = useQueryClient();
  const me = useQuery(meQuery).data?.person.id;
  const sent = useOutbox((state) => state.sent);
  const now = useNow();
  useEffect(() => (me === undefined ? undefined : startDelivery({ me, live, queries })), [me, live, queries]);
  useStayForOpen(sent.some(isOpen));
  const last = undoable(sent, now);
  useKeys('Everywhere', [
    {
      keys: 'z',
      does: 'Undo the last answer',
      isOn: last !== undefined,
      act: () => (last === undefined ? undefined : undo(last.key)),
    },
  ]);
  const mine = sent.filter((one) => one.by === me);
  const pressing = mine.filter((one) => one.standing.is === 'waiting' || one.standing.is === 'refused');
  const newest = mine.at(-1);
  return (
    <aside className={styles.tray} aria-label="Answers under way">
      {pressing.length > shownAtMost ? <p className={styles.more}>{pressing.length} answers are not stored</p> : null}
      {pressing.slice(-shownAtMost).map((one) => (
        <Card key={one.key} sent={one} isUndoable={one === last} />
      ))}
      {newest === undefined || pressing.includes(newest) ? null : (
        <Passing key={newest.key} sent={newest} isUndoable={newest === last} />
      )}
      <p className="visually-hidden" role="status">
        {newest === undefined || newest.standing.is === 'sending' ? '' : `${newest.words}: ${standingWords(newest)}`}
      </p>
    </aside>
  );
}

/** Shows an answer for its ten seconds; they stand still while it is pointed at or has the focus. */
function Passing({ sent, isUndoable }: { readonly sent: Sent; readonly isUndoable: boolean }) {
  const [leftMs, setLeftMs] = useState(shownMs);
  const [isHeld, setHeld] = useState(false);
  const isDone = sent.standing.is !== 'sending' && sent.standing.is !== 'undoing';
  useEffect(() => {
    if (isHeld || !isDone || leftMs <= 0) {
      return undefined;
    }
    const timer = setInterval(() => setLeftMs((left) => left - 250), 250);
    return () => clearInterval(timer);
  }, [isHeld, isDone, leftMs]);
  const hold = () => setHeld(true);
  const letGo = () => setHeld(false);
  return leftMs <= 0 ? null : (
    <div onPointerEnter={hold} onPointerLeave={letGo} onFocus={hold} onBlur={letGo}>
      <Card sent={sent} isUndoable={isUndoable} />
    </div>
  );
}

function Card({ sent, isUndoable }: { readonly sent: Sent; readonly isUndoable: boolean }) {
  const { standing, flagId, key, stream, words } = sent;
  const isRecorded = standing.is === 'recorded';
  return (
    <div className={styles.card} data-standing={standing.is} data-sent={flagId}>
      <p className={styles.words}>
        <strong>{words}</strong> <span className={styles.stream}>{stream}</span>
        <br />
        {isRecorded && standing.number !== null ? (
          <Link to="/history" search={{ entry: standing.number }}>
            recorded #{standing.number.toLocaleString('en')}
          </Link>
        ) : (
          standingWords(sent)
        )}
        {isRecorded && standing.trouble !== null ? <span>. {standing.trouble}</span> : null}
      </p>
      {isUndoable ? (
        <Button hint="z" onClick={() => undo(key)}>
          Undo
        </Button>
      ) : null}
      {(isRecorded && !isUndoable) || standing.is === 'refused' ? (
        <Link to="/flags/$id" params={{ id: flagId }} className={styles.link}>
          {isRecorded ? 'Correct' : 'See flag'}
        </Link>
      ) : null}
      {standing.is === 'refused' ? (
        <Button look="quiet" aria-label="Dismiss" onClick={() => dismiss(key)}>
          ×
        </Button>
      ) : null}
    </div>
  );
}

/** The browser asks before it closes a tab whose answers have not been delivered. */
function useStayForOpen(hasOpen: boolean): void {
  useEffect(() => {
    if (!hasOpen) {
      return undefined;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasOpen]);
}
