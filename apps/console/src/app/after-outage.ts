import { useQueryClient } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { usePhase } from '../live/use-live.ts';

/** Figures that no record entry brings up to date. */
const figures: ReadonlySet<unknown> = new Set(['streams', 'stream', 'minutes', 'usual']);

/**
 * Asks again, as soon as the line is back, for what could not be read during an outage and for figures that went on
 * without us. Lists of flags and of the record catch up by their numbered entries.
 */
export function useFreshAfterOutage(): void {
  const queries = useQueryClient();
  const phase = usePhase();
  const wasOffline = useRef(false);
  useEffect(() => {
    if (phase === 'offline') {
      wasOffline.current = true;
    } else if (phase === 'live' && wasOffline.current) {
      wasOffline.current = false;
      void queries.invalidateQueries({ predicate: isBehind });
    }
  }, [queries, phase]);
}

function isBehind({ queryKey, state }: Query): boolean {
  return state.status === 'error' || figures.has(queryKey[0]);
}
