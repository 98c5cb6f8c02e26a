import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Tick } from '@watchfloor/contracts';
import type { Connection } from './connection.ts';
import type { Live } from './live.ts';
import type { LiveState } from './reduce.ts';

export const LiveContext = createContext<Live | null>(null);

export function useLiveLine(): Live {
  const live = useContext(LiveContext);
  if (live === null) {
    throw new Error('useLive needs a LiveContext above it');
  }
  return live;
}

/**
 * Selects from the floor's state. The component draws again, at most once a frame, when the selection is another one.
 *
 * @param isEqual default `Object.is`; give `shallowEqual` where the selector builds a new array or object
 */
export function useLive<Selected>(
  selector: (state: LiveState) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean = Object.is,
): Selected {
  const live = useLiveLine();
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = live.store.subscribe(() => live.pump.ask(listener));
      return () => {
        leave();
        live.pump.drop(listener);
      };
    },
    [live],
  );
  const read = useMemo(() => remembering(selector, isEqual, () => live.store.state), [selector, isEqual, live]);
  return useSyncExternalStore(subscribe, read);
}

/** The selection of the state as it is now; the same object for as long as it is equal. */
function remembering<Selected>(
  selector: (state: LiveState) => Selected,
  isEqual: (a: Selected, b: Selected) => boolean,
  stateNow: () => LiveState,
): () => Selected {
  let known: { readonly state: LiveState; readonly selected: Selected } | undefined;
  return () => {
    const state = stateNow();
    if (known?.state !== state) {
      const selected = selector(state);
      known = { state, selected: known !== undefined && isEqual(known.selected, selected) ? known.selected : selected };
    }
    return known.selected;
  };
}

/** How the line stands; changes about twice a second. */
export function useConnection(): Connection {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () => live.connection);
}

/** Only the phase: for those who need not draw every half second. */
export function usePhase(): Connection['phase'] {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () => live.connection.phase);
}

/** How old the shown values are while the line is down, in milliseconds to the second; null while it is not. */
export function useOfflineAgeMs(): number | null {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () =>
    live.connection.phase === 'offline' && live.connection.ageMs !== null
      ? Math.floor(live.connection.ageMs / 1_000) * 1_000
      : null,
  );
}

/** Since when the picture is held, by the server's clock; null while it moves. */
export function useFrozenAt(): number | null {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () => live.frozenAt);
}

/** The newest tick of a stream, or the one that was newest when the picture was frozen. */
export function useTick(stream: string): Tick | undefined {
  const live = useLiveLine();
  const subscribe = useCallback((listener: () => void) => live.onTick(stream, listener), [live, stream]);
  return useSyncExternalStore(subscribe, () => live.shownTick(stream));
}

/** Keeps the ticks of these streams coming while the component is on screen; `['*']` for all. */
export function useTicksOf(streams: readonly string[]): void {
  const live = useLiveLine();
  const key = streams.join(' ');
  useEffect(() => live.want(key.split(' ')), [live, key]);
}

/** Draws what the server knows of a stream's last two minutes where this console has not listened. */
export function useRecent(stream: string, recent: readonly Tick[] | undefined): void {
  const live = useLiveLine();
  useEffect(() => live.fill(stream, recent ?? []), [live, stream, recent]);
}

/** Whether the server runs a newer console than this page. */
export function useIsOutdated(): boolean {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () => live.isOutdated);
}

/** Others and where they are. */
export function usePeople() {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () => live.people);
}

export function shallowEqual<Items extends readonly unknown[]>(a: Items, b: Items): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
