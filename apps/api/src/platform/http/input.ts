import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { Route, RouteName, routes } from '@watchfloor/contracts';
import { routes as allRoutes } from '@watchfloor/contracts';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Fault } from './refused.ts';
import { Refused } from './refused.ts';

type Part<Name extends RouteName, Key extends string> =
  (typeof routes)[Name] extends Record<Key, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

/** What a route's schemas make of a request: `@Input() { params, body }: InputOf<'verdict'>`. */
export interface InputOf<Name extends RouteName> {
  readonly params: Part<Name, 'params'>;
  readonly query: Part<Name, 'query'>;
  readonly body: Part<Name, 'body'>;
}

/** The request, parsed by the schemas of its route; what does not fit is refused with a pointer to each wrong part. */
export const Input = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { routeName } = request.routeOptions.config;
  if (routeName === undefined) throw new Error('@Input() needs @Handles() on the same method');
  return parseInput(allRoutes[routeName], request);
});

/** At most this many wrong parts are told. */
const maxFaults = 50;
const noQuery = z.strictObject({});

interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body?: unknown;
}

/**
 * @returns the parsed params, query and body; undefined for what the route has no schema for
 * @throws Refused `malformed` with every wrong part
 */
export function parseInput(route: Route, { params, query, body }: RawInput) {
  const faults: Fault[] = [];
  const parse = (schema: z.ZodType | undefined, value: unknown, prefix: string): unknown => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    faults.push(...faultsOf(parsed.error, prefix));
    return undefined;
  };
  const parsed = {
    params: parse(route.params, params, '/params'),
    query: route.query === undefined ? void parse(noQuery, query, '/query') : parse(route.query, query, '/query'),
    body: parse(route.body, body, ''),
  };
  if (faults.length > 0)
    throw new Refused({ refused: 'malformed', because: sentenceOf(faults) }, { faults: faults.slice(0, maxFaults) });
  return parsed;
}

/** Every wrong part that zod found, unknown fields by their names. */
export function faultsOf(error: z.ZodError, prefix = ''): Fault[] {
  return error.issues.flatMap((issue) => {
    const pointer = prefix + pointerOf(issue.path);
    if (issue.code !== 'unrecognized_keys') return [{ pointer, reason: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointer + pointerOf([key]), reason: 'is not known here' }));
  });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function sentenceOf([first, ...others]: readonly Fault[]): string {
  if (first === undefined) return 'the request is malformed';
  const where = first.pointer === '' ? 'the body' : first.pointer;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${where}: ${first.reason}${more}`;
}
