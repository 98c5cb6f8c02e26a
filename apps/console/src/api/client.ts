import type { RecordPage, routes, ServedEntry } from '@watchfloor/contracts';
import type * as z from 'zod';
import { endpoints } from './endpoints.ts';
import type { EndpointName } from './endpoints.ts';
import { noAnswer, problemOf, ProblemError } from './problem-error.ts';

type Routes = typeof routes;
type Part<Name extends EndpointName, Key extends 'params' | 'query' | 'body'> =
  Routes[Name] extends Record<Key, infer Schema extends z.ZodType>
    ? undefined extends z.input<Schema>
      ? Readonly<Partial<Record<Key, Key extends 'body' ? z.input<Schema> : z.output<Schema>>>>
      : Key extends 'query'
        ? Readonly<Partial<Record<Key, z.output<Schema>>>>
        : Readonly<Record<Key, Key extends 'body' ? z.input<Schema> : z.output<Schema>>>
    : unknown;

/** What a question needs: its path parameters, query and body, as the contracts have them. */
export type Asked<Name extends EndpointName> = Part<Name, 'params'> & Part<Name, 'query'> & Part<Name, 'body'>;

/** Answers whose served form is wider than the type that the console reads them by. */
interface Narrowed {
  readonly record: RecordPage;
  readonly recordEntry: ServedEntry;
  /** 204, and so nothing, when the queue is clear. */
  readonly next: z.output<Routes['next']['answer']> | undefined;
}
export type AnswerOf<Name extends EndpointName> = Name extends keyof Narrowed
  ? Narrowed[Name]
  : Routes[Name] extends { readonly answer: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : undefined;

interface Loose {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Default 15,000 ms. */
  readonly timeoutMs?: number;
}

const base = '/api/v1';

/**
 * Asks the server one question of the contracts.
 *
 * @throws ProblemError when the server refuses, fails, or cannot be reached in time
 */
export async function call<Name extends EndpointName>(
  name: Name,
  asked: Asked<Name>,
  options: CallOptions = {},
): Promise<AnswerOf<Name>> {
  const response = await send(name, asked, options);
  const text = response.status === 204 ? '' : await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as AnswerOf<Name>;
}

/**
 * The same for an answer that is not JSON, such as an export.
 *
 * @throws ProblemError as `call` does
 */
export async function send<Name extends EndpointName>(
  name: Name,
  asked: Asked<Name>,
  options: CallOptions = {},
): Promise<Response> {
  const { method, url, body } = requestOf(name, asked as Loose);
  const limit = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers:
        body === undefined
          ? { accept: 'application/json' }
          : { accept: 'application/json', 'content-type': 'application/json' },
      body: body ?? null,
      signal: options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]),
    });
  } catch (cause) {
    if (options.signal?.aborted === true) {
      throw cause;
    }
    throw new ProblemError(noAnswer(cause));
  }
  if (!response.ok) {
    throw new ProblemError(problemOf(response.status, await jsonOf(response)));
  }
  return response;
}

/** Where and how a question is put: parameters are escaped, absent query values left out. */
export function requestOf(name: EndpointName, asked: Loose): { method: string; url: string; body: string | undefined } {
  const [method = 'GET', path = ''] = endpoints[name].split(' ');
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(textOf(asked.params?.[key])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(asked.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(key, textOf(value));
    }
  }
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  return {
    method,
    url: `${base}${filled}${search}`,
    body: asked.body === undefined ? undefined : JSON.stringify(asked.body),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
