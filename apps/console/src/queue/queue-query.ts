import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import type { QueueSearch } from './queue-search.ts';

/** The flags that wait for an answer, most urgent first, 200 a page. */
export function queueQuery({ stream, priority, kind, mine }: QueueSearch) {
  return infiniteQueryOptions({
    queryKey: ['queue', { stream, priority, kind, mine }],
    queryFn: ({ signal, pageParam }) =>
      call(
        'flags',
        {
          query: {
            state: 'open,claimed,snoozed',
            limit: 200,
            stream,
            priority,
            kind,
            mine: mine === true ? 'true' : undefined,
            after: pageParam,
          },
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: 30_000,
  });
}
