import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useLive } from '../live/use-live.ts';
import type { LiveFlag, LiveState } from '../live/reduce.ts';
import { arranged } from './arrange.ts';
import { queueQuery } from './queue-query.ts';
import { queueRows } from './queue-rows.ts';
import type { QueueSearch } from './queue-search.ts';

const flagsIn = (state: LiveState) => state.flags;

/** The queue's rows as they are drawn: live, but still while somebody's hand is on them. */
export function useQueueRows(search: QueueSearch, me: string) {
  const list = useInfiniteQuery(queueQuery(search));
  const live = useLive(flagsIn);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(
    () => queueRows({ read: data?.pages.flatMap(({ items }) => items) ?? [], live, hasMore: hasNextPage }, search, me),
    [data, live, hasNextPage, search, me],
  );
  const [frozen, setFrozen] = useState<readonly LiveFlag[] | null>(null);
  const hold = useCallback((isHeld: boolean) => setFrozen((before) => (isHeld ? (before ?? rows) : null)), [rows]);
  const shown = useMemo(() => {
    if (frozen === null) {
      return { rows, fresh: 0 };
    }
    const before = new Map(frozen.map((row) => [row.id, row]));
    return arranged(
      frozen.map(({ id }) => id),
      rows,
      (id) => live.get(id) ?? before.get(id),
    );
  }, [frozen, rows, live]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    rows: shown.rows,
    /** How many wait behind the pill. */
    fresh: shown.fresh,
    hasMore: hasNextPage,
    isPending: list.isPending && rows.length === 0,
    error: list.error,
    retry: () => void list.refetch(),
    hold,
    letIn: () => setFrozen(rows),
    more,
  };
}
