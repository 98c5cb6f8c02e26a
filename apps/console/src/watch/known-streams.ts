import { useQueryClient } from '@tanstack/react-query';
import type { StreamSummary } from '@watchfloor/contracts';
import { useEffect } from 'react';
import { streamsQuery } from '../api/queries.ts';
import { useLive, useLiveLine } from '../live/use-live.ts';

/**
 * Keeps the list of streams in step with the floor: fills the rings with what the server already had, and asks again
 * when a stream registers that the list does not know.
 */
export function useKnownStreams(streams: readonly StreamSummary[] | undefined): void {
  const live = useLiveLine();
  const queries = useQueryClient();
  const count = useLive((state) => state.streams.size);
  useEffect(() => {
    for (const { name, recent } of streams ?? []) {
      live.fill(name, recent);
    }
  }, [live, streams]);
  useEffect(() => {
    if (streams !== undefined && count > streams.length) {
      void queries.invalidateQueries({ queryKey: streamsQuery.queryKey });
    }
  }, [queries, streams, count]);
}
