import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ProblemError } from '../api/problem-error.ts';
import { meQuery } from '../api/queries.ts';
import { historyAddressOf, historySearchOf } from '../audit/history-search.ts';
import { policySearch } from '../policy/search.ts';
import { queueSearchOf } from '../queue/queue-search.ts';
import { signInSearch } from '../sign-in/search.ts';
import { streamSearch } from '../stream/search.ts';
import { watchSearch } from '../watch/search.ts';
import { Crash, NotFound } from './screen-faces.tsx';
import { Shell } from './shell.tsx';

export interface RouterContext {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Crash,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('../sign-in/sign-in-screen.tsx'), 'SignInScreen'),
});

/** Everything behind the door. The way that was asked for is kept, so that a link opened signed out still arrives. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      return { me: await context.queries.query({ ...meQuery, staleTime: 'static' }) };
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        const link = new URLSearchParams(location.searchStr).get('link') ?? undefined;
        return redirect({ to: '/sign-in', search: { to: location.href, link }, throw: true });
      }
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => redirect({ to: '/watch', throw: true }),
});

const watch = createRoute({
  getParentRoute: () => shell,
  path: '/watch',
  validateSearch: watchSearch,
  component: lazyRouteComponent(() => import('../watch/watch-screen.tsx'), 'WatchScreen'),
});

const stream = createRoute({
  getParentRoute: () => shell,
  path: '/streams/$stream',
  validateSearch: streamSearch,
  component: lazyRouteComponent(() => import('../stream/stream-screen.tsx'), 'StreamScreen'),
});

const policy = createRoute({
  getParentRoute: () => shell,
  path: '/streams/$stream/policy',
  validateSearch: policySearch,
  component: lazyRouteComponent(() => import('../policy/policy-screen.tsx'), 'PolicyScreen'),
});

const queue = createRoute({
  getParentRoute: () => shell,
  path: '/queue',
  validateSearch: queueSearchOf,
  component: lazyRouteComponent(() => import('../queue/queue-screen.tsx'), 'QueueScreen'),
});

const now = createRoute({
  getParentRoute: () => shell,
  path: '/queue/now',
  validateSearch: queueSearchOf,
  component: lazyRouteComponent(() => import('../queue/now-screen.tsx'), 'NowScreen'),
});

const flag = createRoute({
  getParentRoute: () => shell,
  path: '/flags/$id',
  component: lazyRouteComponent(() => import('../flag/flag-screen.tsx'), 'FlagScreen'),
});

const history = createRoute({
  getParentRoute: () => shell,
  path: '/history',
  validateSearch: (raw) => historyAddressOf(historySearchOf(raw)),
  component: lazyRouteComponent(() => import('../audit/history-screen.tsx'), 'HistoryScreen'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('../account/people-screen.tsx'), 'PeopleScreen'),
});

const routeTree = root.addChildren([
  signIn,
  shell.addChildren([home, watch, stream, policy, queue, now, flag, history, people]),
]);

export function newRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: Crash,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
