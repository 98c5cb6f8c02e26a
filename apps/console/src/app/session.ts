import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem-error.ts';
import { meQuery } from '../api/queries.ts';

/** Told when the server no longer knows us. */
export type SessionLost = () => void;

/** The cache of answers. It forgets everything when the session is over, so that the next person sees nothing of ours. */
export function newQueryClient(onLost: SessionLost): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ProblemError && error.status === 401) {
      onLost();
    }
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // The question who we are is asked at the door, which answers its own 401.
        if (query.queryHash !== JSON.stringify(meQuery.queryKey)) {
          onError(error);
        }
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (count, error) => count < 2 && isPassing(error),
        retryDelay: (count) => Math.min(4_000, 500 * 2 ** count),
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Errors that may be gone at the next try. */
function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status >= 500);
}
