import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from './client.ts';
import { ClientClosed, QueueFull } from './options.ts';

/** A scripted peer: the real server's refusals cannot be had on demand, and the SDK must survive them all. */
let server: Server;
let url: string;
let script: ((body: string[], answer: ServerResponse) => void)[];
let seen: string[][];

beforeEach(async () => {
  script = [];
  seen = [];
  server = createServer((request: IncomingMessage, answer) => {
    void text(request).then((body) => {
      const lines = body.split('\n');
      seen.push(lines);
      const step = script.shift() ?? acceptAll;
      step(lines, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function acceptAll(lines: string[], answer: ServerResponse): void {
  answer.end(JSON.stringify({ accepted: lines.length, duplicates: 0, rejected: [] }));
}

function refuse(status: number, headers: Record<string, string> = {}) {
  return (_lines: string[], answer: ServerResponse) => void answer.writeHead(status, headers).end('{}');
}

const prediction = (id: string) => ({ stream: 'sums', id, label: 'four' });

test('predictions travel together, in the order in which they were sent', async () => {
  const client = connect({ url, key: 'wfk_test' });
  for (let number = 0; number < 1_200; number += 1) await client.send(prediction(String(number)));
  await client.flush();
  expect(seen.length).toBeLessThan(10);
  expect(seen.flat().map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(
    Array.from({ length: 1_200 }, (_, number) => String(number)),
  );
  expect(client.predictions()).toMatchObject({ accepted: 1_200, lost: 0 });
});

test('a busy server is asked again, not before the time it named', async () => {
  script = [refuse(429, { 'retry-after': '1' }), refuse(503)];
  const client = connect({ url, key: 'wfk_test' });
  const startedMs = performance.now();
  await client.send(prediction('a'));
  await client.flush();
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1_000);
  expect(seen).toHaveLength(3);
  expect(client.predictions()).toMatchObject({ accepted: 1, lost: 0 });
});

test('a wrong key is not tried again, and the items are said to be lost', async () => {
  script = [refuse(401)];
  const lost: number[] = [];
  const client = connect({ url, key: 'wrong', onLost: (items) => lost.push(items.length) });
  await client.send(prediction('a'));
  await client.flush();
  expect(seen).toHaveLength(1);
  expect(lost).toEqual([1]);
  expect(client.predictions()).toMatchObject({ accepted: 0, lost: 1 });
});

test('each refused item is named', async () => {
  script = [
    (_lines, answer) =>
      void answer.end(
        JSON.stringify({ accepted: 1, duplicates: 0, rejected: [{ index: 1, pointer: '/label', reason: 'too long' }] }),
      ),
  ];
  const refused: string[] = [];
  const client = connect({ url, key: 'k', onRejected: (item, { reason }) => refused.push(`${item.id}: ${reason}`) });
  await client.send(prediction('a'));
  await client.send(prediction('b'));
  await client.flush();
  expect(refused).toEqual(['b: too long']);
});

test('a full queue drops and counts where that was chosen', async () => {
  const client = connect({ url, key: 'k', queueItems: 2, whenFull: 'drop', batchWaitMs: 50 });
  await Promise.all(['a', 'b', 'c'].map((id) => client.send(prediction(id))));
  await client.flush();
  expect(client.predictions()).toMatchObject({ accepted: 2, dropped: 1 });
});

test('a full queue makes the sender wait where that was chosen, and loses nothing', async () => {
  const client = connect({ url, key: 'k', queueItems: 2 });
  for (const id of ['a', 'b', 'c', 'd', 'e']) await client.send(prediction(id));
  await client.flush();
  expect(client.predictions()).toMatchObject({ accepted: 5, dropped: 0 });
});

test('a server that stays away is given up after the stated time', async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const client = connect({ url, key: 'k', giveUpAfterMs: 300 });
  await client.send(prediction('a'));
  await client.flush();
  expect(client.predictions()).toMatchObject({ accepted: 0, lost: 1 });
});

test('a full queue rejects where that was chosen', async () => {
  const client = connect({ url, key: 'k', queueItems: 1, whenFull: 'reject', batchWaitMs: 50 });
  await client.send(prediction('a'));
  await expect(client.send(prediction('b'))).rejects.toThrow(QueueFull);
  await client.flush();
  expect(client.predictions()).toMatchObject({ accepted: 1, dropped: 1 });
});

test('closing sends what waits and takes nothing more', async () => {
  const client = connect({ url, key: 'k', batchWaitMs: 10_000 });
  await client.send(prediction('a'));
  const closing = client.close();
  await expect(client.send(prediction('b'))).rejects.toThrow(ClientClosed);
  await closing;
  expect(client.predictions()).toMatchObject({ accepted: 1, lost: 0 });
  await expect(client.outcome({ stream: 'sums', id: 'a', label: 'four' })).rejects.toThrow(ClientClosed);
});

test('whoever waits for room when the client is closed learns so', async () => {
  script = [() => undefined];
  const client = connect({ url, key: 'k', queueItems: 1, batchWaitMs: 0 });
  await client.send(prediction('a'));
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await client.send(prediction('b'));
  const waiting = client.send(prediction('c'));
  const closing = client.close(50);
  await expect(waiting).rejects.toThrow(ClientClosed);
  await closing;
});

test('closing breaks off a server that does not answer, and says what was lost', async () => {
  script = [() => undefined];
  const lost: string[] = [];
  const client = connect({ url, key: 'k', onLost: (items) => lost.push(...items.map(({ id }) => id)) });
  await client.send(prediction('a'));
  const startedMs = performance.now();
  await client.close(100);
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  expect(lost).toEqual(['a']);
  expect(client.predictions()).toMatchObject({ accepted: 0, lost: 1 });
});

test('a request that takes too long is broken off and sent again with the same ids', async () => {
  script = [() => undefined];
  const client = connect({ url, key: 'k', timeoutMs: 100 });
  await client.send(prediction('a'));
  await client.flush();
  expect(seen).toEqual([[JSON.stringify(prediction('a'))], [JSON.stringify(prediction('a'))]]);
  expect(client.predictions()).toMatchObject({ accepted: 1, lost: 0 });
});

test('the waits between tries are those of the backoff, by the clock and dice handed in', async () => {
  script = [
    refuse(503),
    refuse(503, { 'retry-after': '7' }),
    refuse(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
  ];
  const waits: number[] = [];
  let nowMs = 0;
  const client = connect(
    { url, key: 'k' },
    {
      nowMs: () => nowMs,
      chance: () => 0.5,
      wait: async (ms) => {
        waits.push(ms);
        nowMs += ms;
      },
    },
  );
  await client.send(prediction('a'));
  await client.flush();
  expect(waits.slice(-3)).toEqual([50, 7_000, 200]);
  expect(client.predictions()).toMatchObject({ accepted: 1 });
});

test('a callback that throws stops nothing, and is heard of', async () => {
  script = [
    (_lines, answer) =>
      void answer.end(
        JSON.stringify({ accepted: 0, duplicates: 0, rejected: [{ index: 0, pointer: '', reason: 'no' }] }),
      ),
  ];
  const client = connect({
    url,
    key: 'k',
    onRejected: () => {
      throw new Error('my own mistake');
    },
  });
  await client.send(prediction('a'));
  await expect(client.flush()).rejects.toThrow('my own mistake');
  await client.send(prediction('b'));
  await client.flush();
  expect(client.predictions()).toMatchObject({ accepted: 1, rejected: 1 });
});
