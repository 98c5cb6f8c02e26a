import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
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
  const last = useRef<{ state: LiveState; selector: unknown; selected: Selected } | null>(null);
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
  const read = (): Selected => {
    const { state } = live.store;
    const known = last.current;
    if (known !== null && known.state === state && known.selector === selector) {
      return known.selected;
    }
    const fresh = selector(state);
    const selected = known !== null && isEqual(known.selected, fresh) ? known.selected : fresh;
    last.current = { state, selector, selected };
    return selected;
  };
  return useSyncExternalStore(subscribe, read);
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

/** The newest tick of a stream. */
export function useTick(stream: string): Tick | undefined {
  const live = useLiveLine();
  const subscribe = useCallback((listener: () => void) => live.onTick(stream, listener), [live, stream]);
  return useSyncExternalStore(subscribe, () => live.ring(stream).latest);
}

/** Keeps the ticks of these streams coming while the component is on screen; `['*']` for all. */
export function useTicksOf(streams: readonly string[]): void {
  const live = useLiveLine();
  const key = streams.join(' ');
  useEffect(() => live.want(key.split(' ')), [live, key]);
}

/** Others and where they are. */
export function usePeople() {
  const live = useLiveLine();
  return useSyncExternalStore(live.onConnection, () => live.people);
}

export function shallowEqual<Items extends readonly unknown[]>(a: Items, b: Items): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
