import type { Route } from '@watchfloor/contracts';
import { routes } from '@watchfloor/contracts';
import { apiPrefix } from './handles.ts';

const patterns = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${apiPrefix}${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}));

/** The methods that an address of the API knows; empty when there is no such address. */
export function methodsOf(url: string): readonly string[] {
  const [path = ''] = url.split('?', 1);
  const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
}
