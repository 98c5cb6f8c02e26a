import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLiveLine } from '../../live/use-live.ts';
import type { Walk } from './walk.ts';
import { Walking } from './walking.ts';

interface Options {
  /** Id of the person who is signed in. */
  readonly me: string;
  readonly walks: boolean;
  readonly stream?: string | undefined;
}

/** A walk for as long as the component is on screen; leaving the screen gives the claims back. */
export function useWalk({ me, walks, stream }: Options): { readonly walk: Walk; readonly walking: Walking } {
  const live = useLiveLine();
  const walking = useMemo(() => new Walking({ me, live, walks, stream }), [me, live, walks, stream]);
  useEffect(() => walking.begin(), [walking]);
  const walk = useSyncExternalStore(walking.subscribe, () => walking.walk);
  return { walk, walking };
}
