import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ProblemError } from '../api/problem-error.ts';
import { flagQuery, meQuery } from '../api/queries.ts';
import { useLive, useLiveLine } from '../live/use-live.ts';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { useTitle } from '../parts/title.ts';
import { useWalk } from './walk/use-walk.ts';
import { EvidenceColumn } from './evidence/evidence-column.tsx';
import { FlagAtHand } from './flag-at-hand.tsx';
import { FlagHeader } from './flag-header.tsx';
import { FlagLayout } from './flag-layout.tsx';
import { FlagStanding } from './flag-standing.tsx';
import styles from './flag-screen.module.css';

const route = getRouteApi('/shell/flags/$id');

/** One flag by its address: read by all who may, answered by whoever claims it. */
export function FlagScreen() {
  const { id } = route.useParams();
  const me = useQuery(meQuery).data;
  return me === undefined ? null : <OneFlag key={id} id={id} me={me.person.id} permissions={me.permissions} />;
}

function OneFlag({
  id,
  me,
  permissions,
}: {
  readonly id: string;
  readonly me: string;
  readonly permissions: readonly string[];
}) {
  const read = useQuery(flagQuery(id));
  const live = useLiveLine();
  const { walk, walking } = useWalk({ me, walks: false });
  const liveVersion = useLive((state) => state.flags.get(id)?.version ?? 0);
  const flag = read.data;
  const { refetch } = read;
  useTitle(flag === undefined ? 'Flag' : `${flag.priority} ${flag.stream}`);
  useEffect(() => live.present('flag', id), [live, id]);
  useEffect(() => {
    if (flag !== undefined && liveVersion > flag.version) {
      void refetch();
    }
  }, [flag, liveVersion, refetch]);

  const mayComment = permissions.includes('flags.comment');
  if (walk.current?.flag.id === id) {
    return (
      <main className={styles.screen}>
        <FlagAtHand
          held={walk.current}
          loss={walk.loss}
          me={me}
          mayComment={mayComment}
          onHandled={walking.handle}
          onMoveOn={() => {
            walking.moveOn();
            void refetch();
          }}
        />
      </main>
    );
  }
  if (flag === undefined) {
    return (
      <main className={styles.screen}>
        {read.isError ? (
          <Unread error={read.error} onRetry={() => void refetch()} />
        ) : (
          <Loading what="flag" lines={8} />
        )}
      </main>
    );
  }
  return (
    <main className={styles.screen} data-flag={id}>
      <FlagLayout
        header={<FlagHeader flag={flag} me={me} aside={<span>{flag.state}</span>} />}
        evidence={<EvidenceColumn flag={flag} mayComment={mayComment} />}
        answer={
          <FlagStanding
            flag={flag}
            me={me}
            mayDecide={permissions.includes('flags.decide')}
            onClaim={() => walking.claim(flag)}
          />
        }
      />
    </main>
  );
}

function Unread({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return error instanceof ProblemError && error.status === 404 ? (
    <Empty title="There is no such flag">
      <Link to="/queue">All waiting flags</Link>
    </Empty>
  ) : (
    <ErrorNotice error={error} what="The flag could not be read." onRetry={onRetry} />
  );
}
