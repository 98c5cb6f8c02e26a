import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, Role, Route, RouteName } from '@watchfloor/contracts';
import { roles, routes } from '@watchfloor/contracts';
import fastify from 'fastify';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { ingestKey, signIn } from '../../../../test/kit/people.ts';
import '../platform/http/principal.ts';
import { routePath } from '../platform/http/handles.ts';
import { problemAnswer } from '../platform/http/problem.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { openAddresses, readingMethods, rolesWith } from './matrix.ts';

const names = Object.keys(routes) as RouteName[];

let app: TestApp;
let key: string;
const people = new Map<Role, TestPerson>();
beforeAll(async () => {
  app = await startApp({ settings: { separationOfDuties: true } });
  key = await ingestKey(app);
  for (const role of roles) people.set(role, await signIn(app, [role]));
}, 60_000);
afterAll(() => app.close());

/** Asks for a route without asking for anything in particular: whoever gets in is told what is wrong with that. */
async function knock(name: RouteName, headers: Record<string, string>, personId = noId): Promise<Answer> {
  const { method, path }: Route = routes[name];
  const id = name === 'changePerson' ? personId : noId;
  const address = path.replace('{stream}', 'nowhere').replace('{number}', '999999999').replace('{id}', id);
  const response = await fetch(`${app.url}/api/v1${address}`, {
    method,
    headers: { ...headers, ...(method !== 'GET' && { 'content-type': 'application/json' }) },
    ...(method !== 'GET' && { body: '{}' }),
  });
  const problem = response.ok ? undefined : ((await response.json()) as Problem);
  return { status: response.status, refused: problem?.refused };
}

interface Answer {
  readonly status: number;
  readonly refused: string | undefined;
}

const noId = '00000000-0000-7000-8000-000000000000';
const atTheDoor: ReadonlySet<string | undefined> = new Set(['not-signed-in', 'not-allowed', 'wrong-origin']);
const isInside = ({ status, refused }: Answer) => !atTheDoor.has(refused) && status !== 405 && status < 500;

/** What Fastify serves, as `METHOD address`, read from the tree that it prints. */
function served(): string[] {
  const instance = app.app.getHttpAdapter().getInstance();
  const above: string[] = [];
  return instance
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^(.*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
      if (part === '') return [];
      const address = (above[indent.length / 4 - 1] ?? '') + (part === '*' ? '/*' : part);
      above[indent.length / 4] = address;
      return methods.split(', ').map((method) => `${method} ${address}`);
    });
}

describe('P11: nobody acts beyond their role', () => {
  it('serves every route of the table, and nothing besides but the open addresses', () => {
    const table = Object.values<Route>(routes).map((route) => `${route.method} ${routePath(route)}`);
    const besides = served().filter((line) => !table.includes(line) && !table.includes(line.replace('HEAD ', 'GET ')));
    expect(table.filter((line) => !served().includes(line))).toEqual([]);
    for (const line of besides) {
      const [method = '', address = ''] = line.split(' ');
      expect([line, readingMethods.has(method) && openAddresses.has(address)]).toEqual([line, true]);
    }
  });

  for (const role of roles) {
    it(`lets the ${role} do what the matrix says, and no more`, async () => {
      const person = people.get(role)!;
      for (const name of names.filter((name) => name !== 'logout')) {
        const { caller }: Route = routes[name];
        const may = caller === 'anybody' || (caller !== 'ingest-key' && rolesWith[caller].includes(role));
        const answer = await knock(name, { cookie: person.cookie }, person.id);
        if (may) expect([name, answer, isInside(answer)]).toEqual([name, answer, true]);
        else expect([name, answer]).toEqual([name, { status: 403, refused: 'not-allowed' }]);
      }
    });
  }

  it('lets strangers sign in, and no more', async () => {
    for (const headers of [{}, { cookie: 'watchfloor_session=made-up' }, { authorization: 'Bearer made-up' }]) {
      for (const name of names) {
        const answer = await knock(name, headers);
        if (routes[name].caller === 'anybody') expect([name, isInside(answer)]).toEqual([name, true]);
        else expect([name, answer]).toEqual([name, { status: 401, refused: 'not-signed-in' }]);
      }
    }
  });

  it('lets an ingest key send predictions and outcomes, and no more', async () => {
    for (const name of names) {
      const { caller }: Route = routes[name];
      const answer = await knock(name, { authorization: `Bearer ${key}` });
      if (caller === 'anybody' || caller === 'ingest-key') expect([name, isInside(answer)]).toEqual([name, true]);
      else expect([name, answer]).toEqual([name, { status: 403, refused: 'not-allowed' }]);
    }
  });

  it('lets no page of another site change anything with a cookie', async () => {
    const { cookie } = people.get('administrator')!;
    const changing = names.filter((name) => routes[name].method !== 'GET');
    for (const name of changing) {
      const answer = await knock(name, { cookie, origin: 'https://evil.example' });
      expect([name, answer]).toEqual([name, { status: 403, refused: 'wrong-origin' }]);
    }
  });

  it('lets everybody sign out', async () => {
    for (const person of people.values()) {
      const { cookie } = await signIn(app, ['reviewer'], person.name);
      expect((await knock('logout', { cookie })).status).toBe(204);
    }
  });

  it('gives the open addresses to everybody, to read only', async () => {
    for (const address of openAddresses) {
      const url = `${app.url}${address.replace('*', '')}`;
      expect([address, isInside({ status: (await fetch(url)).status, refused: undefined })]).toEqual([address, true]);
      expect([404, 405]).toContain((await fetch(url, { method: 'POST' })).status);
    }
  });
});

it('denies whatever somebody registers beside the table', async () => {
  const doorkeeper = app.app.get(Doorkeeper);
  const other = fastify();
  other.addHook('onRequest', (request, reply) => doorkeeper.check(request, reply));
  other.setErrorHandler((error, _request, reply) => reply.code(problemAnswer(error).status).send());
  other.get('/backdoor', () => 'open');
  other.get('/api/docs', () => 'open');
  other.post('/metrics', () => 'open');
  const status = async (method: 'GET' | 'POST', url: string) => {
    const { cookie } = people.get('administrator')!;
    return (await other.inject({ method, url, headers: { cookie } })).statusCode;
  };
  expect(await status('GET', '/backdoor')).toBe(403);
  expect(await status('POST', '/metrics')).toBe(403);
  expect(await status('GET', '/api/docs')).toBe(200);
  await other.close();
});
