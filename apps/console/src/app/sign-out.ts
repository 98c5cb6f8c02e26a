import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { useLiveLine } from '../live/use-live.ts';

/** The way out: the server forgets the session, and this page everything that it had read. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const live = useLiveLine();
  return async () => {
    try {
      await call('logout', {});
    } finally {
      live.stop();
      queries.clear();
      await navigate({ to: '/sign-in' });
    }
  };
}
