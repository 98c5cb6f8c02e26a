import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { streamsQuery } from '../api/queries.ts';
import { useKeys } from '../keys/registry.ts';
import { useFrozenAt, useLiveLine, useTicksOf } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { Empty, ErrorNotice } from '../parts/faces.tsx';
import { timeOf } from '../parts/time.ts';
import { useTitle } from '../parts/title.ts';
import { usePreferences } from '../theme/preferences.ts';
import { FirstStream } from './first-stream.tsx';
import { LastEvents } from './last-events.tsx';
import { Wall, WallSkeleton } from './wall.tsx';
import { useKnownStreams } from './known-streams.ts';
import styles from './watch-screen.module.css';

const route = getRouteApi('/shell/watch');
const everything = ['*'];

/** Does anything need a human, where, and who has it: every stream at its place on one wall. */
export function WatchScreen() {
  useTitle('Watch');
  useTicksOf(everything);
  const live = useLiveLine();
  const navigate = route.useNavigate();
  const { filter = '', kiosk = false } = route.useSearch();
  const streams = useQuery(streamsQuery);
  const frozenAt = useFrozenAt();
  const filterField = useRef<HTMLInputElement>(null);
  useKnownStreams(streams.data?.items);
  useKiosk(kiosk);
  useEffect(() => () => live.freeze(false), [live]);
  const setFilter = (text: string) =>
    void navigate({ search: (search) => ({ ...search, filter: text === '' ? undefined : text }), replace: true });
  const setKiosk = (isKiosk: boolean) =>
    void navigate({ search: (search) => ({ ...search, kiosk: isKiosk ? true : undefined }) });
  useKeys('Watch', [
    { keys: '/', does: 'Filter streams', act: () => filterField.current?.focus() },
    {
      keys: 'Space',
      does: frozenAt === null ? 'Freeze the picture' : 'Let the picture move',
      act: () => live.freeze(frozenAt === null),
    },
    { keys: 'f', does: kiosk ? 'Leave the wall' : 'Wall without frame', act: () => setKiosk(!kiosk) },
    {
      keys: 'Escape',
      does: 'Clear the filter, leave the wall',
      isOn: filter !== '' || kiosk,
      act: () => (filter === '' ? setKiosk(false) : setFilter('')),
    },
  ]);
  const items = streams.data?.items;
  if (items?.length === 0) {
    return <FirstStream />;
  }
  const shown = items?.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <main className={styles.screen}>
      <div className={styles.bar}>
        <h1>Watch</h1>
        <span className={styles.dim}>
          {items === undefined ? '' : items.length === 1 ? '1 stream' : `${String(items.length)} streams`}
        </span>
        <FrozenNotice frozenAt={frozenAt} />
        <label className={styles.filter}>
          <span className="visually-hidden">Filter streams</span>
          <input
            ref={filterField}
            type="search"
            placeholder="Filter"
            maxLength={64}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <kbd aria-hidden="true">/</kbd>
        </label>
      </div>
      {streams.isError ? (
        <ErrorNotice
          error={streams.error}
          what="The streams could not be read."
          onRetry={() => void streams.refetch()}
        />
      ) : null}
      {shown === undefined ? streams.isError ? null : <WallSkeleton /> : <Wall streams={shown} />}
      {shown?.length === 0 ? (
        <Empty title={`No stream is called like “${filter}”`}>
          <Button onClick={() => setFilter('')}>Show all</Button>
        </Empty>
      ) : null}
      <LastEvents />
    </main>
  );
}

function FrozenNotice({ frozenAt }: { readonly frozenAt: number | null }) {
  const zone = usePreferences((preferences) => preferences.zone);
  const live = useLiveLine();
  return frozenAt === null ? null : (
    <span className={styles.frozen} role="status">
      Picture held at {timeOf(frozenAt, zone)}; flags still arrive.
      <Button onClick={() => live.freeze(false)} hint="Space">
        Go on
      </Button>
    </span>
  );
}

/** On a wall nothing but the tiles is shown, and the machine stays awake. */
function useKiosk(isKiosk: boolean): void {
  useEffect(() => {
    if (!isKiosk) {
      return undefined;
    }
    const page = document.documentElement;
    page.toggleAttribute('data-kiosk', true);
    // Refused on battery or without focus: the wall then sleeps as the machine is set to.
    const lock = 'wakeLock' in navigator ? navigator.wakeLock.request('screen').catch(() => undefined) : undefined;
    return () => {
      page.toggleAttribute('data-kiosk', false);
      void lock?.then((held) => held?.release());
    };
  }, [isKiosk]);
}
