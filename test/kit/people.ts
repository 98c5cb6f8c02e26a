import { randomUUID } from 'node:crypto';
import type { CreatedKey, Me, Role } from '@watchfloor/contracts';
import { KeysService } from '../../apps/api/src/access/keys.service.ts';
import { PeopleService } from '../../apps/api/src/access/people.service.ts';
import type { TestApp } from './app.ts';

export const testPassword = 'correct horse battery staple';
const kit = { kind: 'system', part: 'test kit' } as const;

/** A person of the running server who has signed in over HTTP. */
export interface TestPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** For the `cookie` header. */
  readonly cookie: string;
  /** The session's token, for `Authorization: Bearer`. */
  readonly token: string;
}

/** Adds a person with these roles (none that separated duties forbid) and signs them in. */
export async function signIn(app: TestApp, roles: readonly Role[], name = 'Test Person'): Promise<TestPerson> {
  const email = `${randomUUID()}@watchfloor.test`;
  await app.app.get(PeopleService).add({ email, name, roles, password: testPassword }, kit);
  return signInAs(app, email, testPassword);
}

/** Signs in somebody who exists. */
export async function signInAs(app: TestApp, email: string, password: string): Promise<TestPerson> {
  const answer = await fetch(`${app.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status !== 200) throw new Error(`signing in failed: ${answer.status} ${await answer.text()}`);
  const { person } = (await answer.json()) as Me;
  const cookie = cookieOf(answer);
  return { id: person.id, email, name: person.name, cookie, token: cookie.slice(cookie.indexOf('=') + 1) };
}

/** The cookie that an answer sets, as a browser would send it back. */
export function cookieOf(answer: Response): string {
  const [header = ''] = answer.headers.getSetCookie();
  return header.split(';', 1)[0] ?? '';
}

/** A new ingest key's secret. Default: for every stream. */
export async function ingestKey(app: TestApp, streams: readonly string[] = ['*']): Promise<string> {
  return (await newKey(app, streams)).secret;
}

export async function newKey(app: TestApp, streams: readonly string[]): Promise<CreatedKey> {
  return app.app.get(KeysService).add('Test key', streams, kit);
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: TestPerson;
  /** An ingest key's secret. */
  readonly key?: string;
}

/** Calls the API: `path` under `/api/v1`, a JSON body, as a person or a key. */
export async function call(
  app: TestApp,
  path: string,
  { method, body, headers, as, key }: Call = {},
): Promise<Response> {
  return fetch(`${app.url}/api/v1${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(as !== undefined && { cookie: as.cookie }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
