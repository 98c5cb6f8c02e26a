import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { isReadable } from '../live/reduce.ts';

/** The last 200 entries about one flag, oldest first. */
export function flagLifeQuery(flagId: string) {
  return queryOptions({
    queryKey: ['flag-life', flagId],
    queryFn: async ({ signal }) => {
      const query = { flagId, before: Number.MAX_SAFE_INTEGER, limit: 200 };
      const { items } = await call('record', { query }, { signal });
      return items.filter(isReadable).toReversed();
    },
    staleTime: 2_000,
  });
}
