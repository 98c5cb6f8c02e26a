import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { FlagAtHand } from '../flag/flag-at-hand.tsx';
import { MyAnswers } from '../flag/my-answers.tsx';
import { useKeys } from '../keys/registry.ts';
import { Button } from '../parts/button.tsx';
import { NotAllowed } from '../parts/not-allowed.tsx';
import { useTitle } from '../parts/title.ts';
import { Between } from './between.tsx';
import styles from './now-screen.module.css';
import { useWalk } from '../flag/walk/use-walk.ts';

const route = getRouteApi('/shell/queue/now');

/** The walk: one flag after the other, each claimed for me, until the queue is clear. */
export function NowScreen() {
  const me = useQuery(meQuery).data;
  if (me === undefined) {
    return null;
  }
  return me.permissions.includes('flags.decide') ? (
    <NowWalk me={me.person.id} mayComment={me.permissions.includes('flags.comment')} />
  ) : (
    <NotAllowed what="the answering of flags" />
  );
}

function NowWalk({ me, mayComment }: { readonly me: string; readonly mayComment: boolean }) {
  const { stream } = route.useSearch();
  const { walk, walking } = useWalk({ me, walks: true, stream });
  const [isLooking, setLooking] = useState(false);
  const { current, loss } = walk;
  useTitle(current === null ? 'Queue' : `${current.flag.priority} ${current.flag.stream}`);
  useKeys('Queue', [
    { keys: 'Shift+H', does: 'My last 20 answers', act: () => setLooking(true) },
    { keys: 'Enter', does: 'Next flag', isOn: loss !== null, act: () => walking.moveOn() },
  ]);
  return (
    <main className={styles.screen}>
      <nav className={styles.bar} aria-label="Queue">
        <Link to="/queue" search={stream === undefined ? {} : { stream }}>
          All waiting flags
        </Link>
        {stream === undefined ? null : (
          <span>
            only {stream} <Link to="/queue/now">all streams</Link>
          </span>
        )}
        <Button look="quiet" hint="Shift H" onClick={() => setLooking(true)}>
          My last 20
        </Button>
      </nav>
      {current === null ? (
        <Between walk={walk} onAskAgain={() => walking.moveOn()} />
      ) : (
        <FlagAtHand
          held={current}
          loss={loss}
          me={me}
          mayComment={mayComment}
          onHandled={walking.handle}
          onMoveOn={() => walking.moveOn()}
        />
      )}
      {isLooking ? <MyAnswers me={me} onClose={() => setLooking(false)} /> : null}
    </main>
  );
}
