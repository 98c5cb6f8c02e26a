import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { recordQuery } from '../api/queries.ts';
import { useLive } from '../live/use-live.ts';
import { entryRowOf } from './entry-row.ts';
import { isFiltered, isWithin, recordQueryOf, type HistoryFilter } from './history-search.ts';

/** The live line keeps the newest so many readable entries; of more than that only "more" is known. */
const keptLive = 50;

/** The record as rows, newest first; what came since is counted, and let in on demand. */
export function useHistory(filter: HistoryFilter) {
  const asked = useMemo(() => recordQueryOf(filter), [filter]);
  const options = recordQuery(asked);
  const list = useInfiniteQuery(options);
  const queries = useQueryClient();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items.map(entryRowOf)) ?? [], [data]);
  // Everything up to the head of the first page has been seen, whether it is within the filter or not.
  const seen = data?.pages[0]?.head ?? Number.POSITIVE_INFINITY;
  const fresh = useLive((state) =>
    isFiltered(filter)
      ? state.latest.filter((entry) => entry.number > seen && isWithin(filter, entry)).length
      : Math.max(0, state.cursor - seen),
  );
  const letIn = useCallback(
    () => void queries.resetQueries({ queryKey: options.queryKey }),
    [queries, options.queryKey],
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    fresh,
    isManyFresh: isFiltered(filter) && fresh >= keptLive,
    hasMore: hasNextPage,
    isPending: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    letIn,
    more,
    readAt: list.dataUpdatedAt,
  };
}
