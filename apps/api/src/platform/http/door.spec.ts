import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@watchfloor/contracts';
import { problemSchema } from '@watchfloor/contracts';
import type { TestApp } from '../../../../../test/kit/app.ts';
import { startApp } from '../../../../../test/kit/app.ts';
import { maxBodyBytes } from './json-body.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
}, 60_000);
afterAll(() => app.close());

interface Answer {
  readonly status: number;
  readonly problem: Problem;
  readonly headers: Headers;
}

async function problemOf(response: Response): Promise<Answer> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return { status: response.status, problem, headers: response.headers };
}

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
  fetch(`${app.url}${path}`, { method: 'POST', body, headers: { 'content-type': type } });

/** What an answer to raw bytes begins with. */
function speak(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.setTimeout(3_000, () => socket.destroy());
  });
}

describe('an address that does not exist', () => {
  it('is a problem with a code', async () => {
    const { status, problem } = await problemOf(await fetch(`${app.url}/api/v1/nothing`));
    expect(status).toBe(404);
    expect(problem.refused).toBe('not-found');
  });

  it('is not echoed', async () => {
    const { problem } = await problemOf(await fetch(`${app.url}/api/v1/%3Cscript%3E`));
    expect(JSON.stringify(problem)).not.toContain('script');
  });

  it('names the methods that an address knows when the method is wrong', async () => {
    for (const method of ['PUT', 'GET']) {
      const { status, headers } = await problemOf(await fetch(`${app.url}/api/v1/auth/login`, { method }));
      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('POST');
    }
  });

  it.each(['/api/v1/%', '/api/v1/people/%c3%28'])('is refused when it cannot be read: %s', async (path) => {
    const answer = await speak(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain('application/problem+json');
  });

  it('is refused when one part of it is endless', async () => {
    const { status } = await problemOf(
      await fetch(`${app.url}/api/v1/people/${'a'.repeat(3_000)}`, { method: 'PATCH' }),
    );
    expect(status).toBe(414);
  });
});

describe('a body', () => {
  it.each([
    ['broken JSON', '{"email":'],
    ['a prototype in the clear', '{"email":"a","password":"b","__proto__":{"isAdministrator":true}}'],
    ['a prototype in escapes', '{"email":"a","password":"b","\\u005f_proto__":{"x":1}}'],
    ['a constructor with a prototype', '{"email":"a","password":"b","constructor":{"prototype":{"x":1}}}'],
  ])('with %s is malformed', async (_name, body) => {
    const { status, problem } = await problemOf(await post('/api/v1/auth/login', body));
    expect([status, problem.refused]).toEqual([400, 'malformed']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('that is not UTF-8 is malformed', async () => {
    const bytes = new Uint8Array([0x22, 0xc3, 0x28, 0x22]);
    expect((await problemOf(await post('/api/v1/auth/login', bytes))).problem.refused).toBe('malformed');
  });

  it('is told part by part where it does not fit', async () => {
    const { problem } = await problemOf(await post('/api/v1/auth/login', '{"email":7,"pass/word":"x"}'));
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/email', '/password', '/pass~1word']);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
  ])('as %s is not taken, so that no form of another site passes', async (type) => {
    const { status, problem } = await problemOf(await post('/api/v1/auth/login', '{}', type));
    expect([status, problem.refused]).toEqual([415, 'unsupported-content']);
  });

  it('in another encoding is not taken', async () => {
    const response = await fetch(`${app.url}/api/v1/auth/login`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect((await problemOf(response)).status).toBe(415);
  });

  it('that says that it is too large is refused unread', async () => {
    const { status } = await problemOf(await post('/api/v1/auth/login', ' '.repeat(maxBodyBytes + 1)));
    expect(status).toBe(413);
  });

  it('that does not say how large it is is refused once it is too large', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest(`${app.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      call.on('response', (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.on('error', reject);
      for (let sent = 0; sent <= maxBodyBytes; sent += 65_536) call.write(' '.repeat(65_536));
    });
    expect(status).toBe(413);
  });

  it('nested half a million deep does no harm', async () => {
    expect((await problemOf(await post('/api/v1/auth/login', '['.repeat(500_000)))).status).toBe(400);
    const closed = '['.repeat(400_000) + ']'.repeat(400_000);
    expect((await problemOf(await post('/api/v1/auth/login', closed))).status).toBe(400);
  });
});

it('answers broken HTTP with a problem, too', async () => {
  const answer = await speak('GET / HTTP/9.9\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('application/problem+json');
});

it('says on every answer what pages may do', async () => {
  for (const path of ['/api/v1/nothing', '/api/docs', '/api/openapi.json', '/nothing']) {
    const { headers } = await fetch(`${app.url}${path}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('strict-transport-security')).toBeNull();
  }
});

it('presses answers that are worth it, and leaves small ones alone', async () => {
  const sizes = async (path: string, encoding: string) => {
    const answer = await fetch(`${app.url}${path}`, { headers: { 'accept-encoding': encoding } });
    return [answer.headers.get('content-encoding'), (await answer.text()).length > 0];
  };
  expect(await sizes('/api/openapi.json', 'gzip')).toEqual(['gzip', true]);
  expect(await sizes('/api/openapi.json', 'br, gzip')).toEqual(['br', true]);
  expect(await sizes('/api/openapi.json', 'identity')).toEqual([null, true]);
  expect(await sizes('/api/v1/auth/me', 'gzip')).toEqual([null, true]);
});

it('keeps no answer of the API', async () => {
  for (const path of ['/api/v1/auth/me', '/api/v1/nothing']) {
    expect((await fetch(`${app.url}${path}`)).headers.get('cache-control')).toBe('no-store');
  }
});
