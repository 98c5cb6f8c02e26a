import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '@watchfloor/client';
import { connect } from '@watchfloor/client';
import type { StoredPrediction } from '@watchfloor/contracts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let reader: TestPerson;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  reader = await signIn(app, ['supervisor']);
}, 60_000);
afterAll(() => app.close());

async function stored(stream: string, id: string): Promise<StoredPrediction> {
  const answer = await call(app, `/predictions/${stream}/${id}`, { as: reader });
  expect(answer.status).toBe(200);
  return (await answer.json()) as StoredPrediction;
}

async function sendAll(client: Client, stream: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    await client.send({ stream, id: String(number), label: number % 2 === 0 ? 'even' : 'odd', confidence: 0.9 });
  }
  await client.flush();
}

test('a model service sends predictions in order, and truth later', async () => {
  const client = connect({ url: app.url, key });
  await sendAll(client, 'numbers', 1_234);
  await client.outcome({ stream: 'numbers', id: '7', label: 'odd' });
  await client.close();

  expect(client.predictions()).toEqual({ accepted: 1_234, duplicates: 0, rejected: 0, dropped: 0, lost: 0 });
  expect(client.outcomes()).toMatchObject({ accepted: 1, rejected: 0, lost: 0 });
  expect(await stored('numbers', '1')).toMatchObject({ position: 1 });
  expect(await stored('numbers', '1234')).toMatchObject({ position: 1_234, prediction: { label: 'even' } });
  expect(await stored('numbers', '7')).toMatchObject({ outcome: { label: 'odd' } });
});

test('sending all of it again changes nothing', async () => {
  const first = connect({ url: app.url, key });
  await sendAll(first, 'again', 700);
  const second = connect({ url: app.url, key });
  await sendAll(second, 'again', 700);

  expect(first.predictions()).toMatchObject({ accepted: 700, duplicates: 0 });
  expect(second.predictions()).toMatchObject({ accepted: 0, duplicates: 700, lost: 0 });
});

test('a bad item is named and costs the good ones nothing', async () => {
  const refused: string[] = [];
  const onRejected = ({ id }: { id: string }, { pointer }: { pointer: string }) => refused.push(`${id} ${pointer}`);
  const client = connect({ url: app.url, key, onRejected });
  await client.send({ stream: 'mixed', id: 'good', label: 'a' });
  await client.send({ stream: 'mixed', id: 'bad', label: 'a', colour: 'blue' } as { stream: string; id: string });
  await client.send({ stream: 'mixed', id: 'fine', label: 'a' });
  await client.close();

  expect(refused).toEqual(['bad /colour']);
  expect(client.predictions()).toMatchObject({ accepted: 2, rejected: 1 });
});

test('nothing but bad items is an answer, too, and is not sent again', async () => {
  const client = connect({ url: app.url, key });
  await client.send({ stream: 'mixed', id: 'empty' });
  await client.close();

  expect(client.predictions()).toMatchObject({ accepted: 0, rejected: 1, lost: 0 });
});

test('a key for another stream, or none at all, is told so', async () => {
  const reasons: string[] = [];
  const onLost = (_items: unknown, reason: string) => reasons.push(reason);
  const elsewhere = connect({ url: app.url, key: await ingestKey(app, ['elsewhere']), onLost });
  await sendAll(elsewhere, 'numbers', 1);
  const stranger = connect({ url: app.url, key: 'wfk_no_such_key_at_all', onLost });
  await sendAll(stranger, 'numbers', 1);

  expect(elsewhere.predictions()).toMatchObject({ accepted: 0 });
  expect(stranger.predictions()).toMatchObject({ accepted: 0, lost: 1 });
  expect(reasons.at(-1)).toMatch(/^401 /);
});
