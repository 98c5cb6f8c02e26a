import { useCallback, useSyncExternalStore } from 'react';
import { useLiveLine } from '../live/use-live.ts';

type Timer = ReturnType<typeof setInterval>;
const beats = new Map<number, { readonly listeners: Set<() => void>; timer: Timer }>();

/**
 * The server's time in milliseconds since 1970, kept up to date for as long as the component is on screen. All that ask
 * for the same beat move together.
 *
 * @param everyMs default 1,000
 */
export function useNow(everyMs = 1_000): number {
  const live = useLiveLine();
  const subscribe = useCallback((listener: () => void) => listen(everyMs, listener), [everyMs]);
  return useSyncExternalStore(subscribe, () => Math.floor(live.now() / everyMs) * everyMs);
}

function listen(everyMs: number, listener: () => void): () => void {
  let beat = beats.get(everyMs);
  if (beat === undefined) {
    const listeners = new Set<() => void>();
    beat = { listeners, timer: setInterval(() => listeners.forEach((tell) => tell()), everyMs) };
    beats.set(everyMs, beat);
  }
  const { listeners, timer } = beat;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      beats.delete(everyMs);
    }
  };
}
