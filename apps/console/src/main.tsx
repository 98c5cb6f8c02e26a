import './theme/tokens.css';
import './theme/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { meQuery } from './api/queries.ts';
import { newRouter } from './app/router.tsx';
import { newQueryClient } from './app/session.ts';
import { browserLive } from './live/socket.ts';
import { LiveContext } from './live/use-live.ts';
import { keepTheme } from './theme/theme.ts';

keepTheme();

const queries = newQueryClient(leave);
const router = newRouter(queries);
const live = browserLive(() => {
  // The line was refused: the door knows whether that is because the session is over.
  void queries.query({ ...meQuery, staleTime: 0 }).catch(leaveIfLost);
});

function leaveIfLost(error: unknown): void {
  if (error instanceof Error && 'status' in error && error.status === 401) {
    leave();
  }
}

/** Back to the door, with the way that was being looked at kept. */
function leave(): void {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') {
    return;
  }
  live.stop();
  queries.clear();
  void router.navigate({ to: '/sign-in', search: { to: href, isOver: true } });
}

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root');
}
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LiveContext value={live}>
        <RouterProvider router={router} />
      </LiveContext>
    </QueryClientProvider>
  </StrictMode>,
);
