import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { Page, PredictionRow } from '@watchfloor/contracts';
import { gzipSync } from 'node:zlib';
import { ndjson, predictions } from '../builders/a-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let supervisor: TestPerson;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  supervisor = await signIn(app, ['supervisor']);
}, 60_000);
afterAll(() => app.close());

const chunk = (text: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n`), Buffer.from(text), Buffer.from('\r\n')]);

function head(headers: Readonly<Record<string, string>>): string {
  const all = { host: 'localhost', authorization: `Bearer ${key}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST /api/v1/predictions HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/**
 * Writes bytes to the server as they are.
 *
 * @param then `wait`: for the answer; `leave`: the connection is closed; `die`: it is reset
 * @returns the status of the answer, if one came
 */
async function write(parts: readonly (string | Buffer)[], then: 'wait' | 'leave' | 'die'): Promise<number | undefined> {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  for (const part of parts) await new Promise<void>((resolve) => socket.write(part, () => resolve()));
  if (then === 'leave') socket.end();
  if (then === 'die') socket.resetAndDestroy();
  await closed;
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return status === undefined ? undefined : Number(status);
}

async function stored(stream: string): Promise<string[]> {
  const answer = await call(app, `/streams/${stream}/predictions?limit=500`, { as: supervisor });
  if (answer.status === 404) return [];
  return ((await answer.json()) as Page<PredictionRow>).items.map(({ id }) => id).reverse();
}

const json = { 'content-type': 'application/json' };
const lines = { 'content-type': 'application/x-ndjson' };
const chunked = { 'transfer-encoding': 'chunked' };
const item = (stream: string): string => JSON.stringify(predictions(1, { stream })[0]);

describe('a request that is no HTTP', () => {
  it.each([
    ['a chunk without a size', () => [head({ ...json, ...chunked }), 'xyz\r\n{}\r\n0\r\n\r\n']],
    ['a chunk larger than it says', () => [head({ ...json, ...chunked }), '1\r\n{"stream":"no"}\r\n0\r\n\r\n']],
    ['a chunk of a size beyond numbers', () => [head({ ...json, ...chunked }), 'ffffffffffffffffff\r\n{}']],
    ['a negative length', () => [head({ ...json, 'content-length': '-1' }), '{}']],
    ['a length that is no number', () => [head({ ...json, 'content-length': 'two' }), '{}']],
    ['a length and chunks', () => [head({ ...json, ...chunked, 'content-length': '2' }), chunk('{}'), '0\r\n\r\n']],
    ['a NUL in a header', () => [head({ ...json, 'x-note': 'a\u0000b' }), '{}']],
    ['a header without end', () => [head({ ...json, 'x-note': 'x'.repeat(100_000) }), '{}']],
  ] as const)('is refused: %s', async (_name, parts) => {
    const status = await write(parts(), 'wait');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});

describe('a body that breaks off', () => {
  const ways = ['leave', 'die'] as const;

  it.each(ways)('in the middle of a list stores nothing of it (%s)', async (then) => {
    const stream = `list-${then}`;
    const body = JSON.stringify(predictions(20, { stream }));
    await write([head({ ...json, 'content-length': String(body.length) }), body.slice(0, -30)], then);
    await write([head({ ...json, ...chunked }), chunk(body.slice(0, -30))], then);
    expect(await stored(stream)).toEqual([]);
  });

  it.each(ways)('in the middle of lines never costs a later request anything (%s)', async (then) => {
    const stream = `lines-${then}`;
    const cut = predictions(30, { stream });
    const text = `${ndjson(cut)}\n${item(stream).slice(0, 20)}`;
    await write([head({ ...lines, ...chunked }), chunk(text)], then);
    const again = await call(app, '/predictions', { key, body: cut });
    const report = (await again.json()) as { accepted: number; duplicates: number };

    // What had come by then is taken in or not; sent again, all of it is there, once.
    expect(again.status).toBe(200);
    expect(report.accepted + report.duplicates).toBe(30);
    expect(await stored(stream)).toEqual(cut.map(({ id }) => id));
  });

  it.each(ways)('in the middle of gzip (%s)', async (then) => {
    const stream = `gzip-${then}`;
    const zipped = gzipSync(ndjson(predictions(2_000, { stream })));
    const headers = { ...lines, ...chunked, 'content-encoding': 'gzip' };
    await write([head(headers), chunk(zipped.subarray(0, zipped.length / 2))], then);
    const [last] = predictions(1, { stream });
    expect((await call(app, '/predictions', { key, body: last })).status).toBe(200);
    const ids = await stored(stream);
    expect(ids.at(-1)).toBe(last!.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('a hundred times at once', async () => {
    const body = ndjson(predictions(50, { stream: 'crowd' }));
    await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        write([head({ ...lines, ...chunked }), chunk(body.slice(0, 1_000 + at * 7))], at % 2 === 0 ? 'die' : 'leave'),
      ),
    );
    const ids = await until('the server is ready', async () => (await fetch(`${app.url}/health/ready`)).ok).then(() =>
      stored('crowd'),
    );
    expect(new Set(ids).size).toBe(ids.length);
  }, 30_000);
});

describe('a body in odd pieces is whole', () => {
  it('byte by byte, also within a character', async () => {
    const [prediction] = predictions(1, { stream: 'bytes', label: 'å界☠🜂' });
    const bytes = Buffer.from(`${JSON.stringify(prediction)}\r\n`);
    const parts = Array.from(bytes, (_, at) => chunk(bytes.subarray(at, at + 1)));
    expect(await write([head({ ...lines, ...chunked }), ...parts, '0\r\n\r\n'], 'wait')).toBe(200);
    expect(await stored('bytes')).toEqual([prediction!.id]);
  });

  it('with extensions of chunks and trailers', async () => {
    const text = item('trailers');
    const size = Buffer.byteLength(text).toString(16);
    const parts = [`${size};name="value"\r\n${text}\r\n0\r\nx-checksum: 1\r\n\r\n`];
    expect(await write([head({ ...json, ...chunked }), ...parts], 'wait')).toBe(200);
    expect(await stored('trailers')).toHaveLength(1);
  });
});

it('leaves the server well, with nothing on its way', async () => {
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  const [one] = predictions(1, { stream: 'after' });
  expect((await call(app, '/predictions', { key, body: one })).status).toBe(200);
  expect(await stored('after')).toEqual([one!.id]);
});
