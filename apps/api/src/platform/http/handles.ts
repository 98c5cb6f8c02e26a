import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Route, RouteName } from '@watchfloor/contracts';
import { routes } from '@watchfloor/contracts';
import './principal.ts';

/** What every path in the contracts' table of routes stands under. */
export const apiPrefix = '/api/v1';

export interface HandlesOptions {
  /**
   * `json` (the default): at most 1 MiB of JSON, parsed before the handler runs. `stream`: the handler reads `request.raw`
   * itself, whatever its content type and encoding, and sets its own limits.
   */
  readonly body?: 'json' | 'stream';
}

/**
 * Makes a controller's method the handler of one line of the contracts' table of routes: its method, path, status and who
 * may call come from there. The class carries a bare `@Controller()`.
 *
 * A handler without it serves nobody: the doorkeeper denies what it does not know.
 */
export function Handles(name: RouteName, { body = 'json' }: HandlesOptions = {}): MethodDecorator {
  const route: Route = routes[name];
  return applyDecorators(
    RequestMapping({ path: routePath(route), method: RequestMethod[route.method] }),
    HttpCode(route.status ?? 200),
    RouteConfig({ routeName: name, takesStream: body === 'stream' }),
  );
}

/** The path as Fastify writes it: `/api/v1/flags/:id`. */
export function routePath(route: Route): string {
  return apiPrefix + route.path.replace(/\{(\w+)\}/g, ':$1');
}
