import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { IngestReport, Prediction, Problem, StoredPrediction } from '@watchfloor/contracts';
import { ingestLimits } from '@watchfloor/contracts';
import pg from 'pg';
import { Agent, request } from 'undici';
import { ndjson, aPrediction, predictions } from '../builders/a-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { freshUrl } from '../kit/database.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

const lines = { 'content-type': 'application/x-ndjson' };

let app: TestApp;
let database: { url: string; drop(): Promise<void> };
let client: pg.Client;
let key: string;
let supervisor: TestPerson;

beforeAll(async () => {
  database = await freshUrl();
  app = await startApp({ databaseUrl: database.url });
  key = await ingestKey(app);
  supervisor = await signIn(app, ['supervisor']);
  client = new pg.Client(database.url);
  await client.connect();
}, 60_000);

afterAll(async () => {
  await client.end();
  await app.close();
  await database.drop();
});

interface Answer {
  readonly status: number;
  readonly report: IngestReport & Partial<Problem>;
  readonly retryAfter: string | undefined;
}

async function post(
  body: string | Buffer,
  headers: Record<string, string> = lines,
  at = app,
  by = key,
): Promise<Answer> {
  const answer = await request(`${at.url}/api/v1/predictions`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${by}` },
    body,
    headersTimeout: 60_000,
  });
  const retryAfter = answer.headers['retry-after'];
  return {
    status: answer.statusCode,
    report: (await answer.body.json()) as Answer['report'],
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
  };
}

const send = (items: readonly Prediction[]) => post(ndjson(items));

async function stored(stream: string): Promise<{ id: string; position: number; flags: number }[]> {
  const { rows } = await client.query<{ id: string; position: string; flags: string }>(
    `select p.id, position, (select count(*) from flag where flag.stream_id = p.stream_id and flag.position = p.position) as flags
     from prediction p join stream on stream.id = stream_id where name = $1 order by position`,
    [stream],
  );
  return rows.map(({ id, position, flags }) => ({ id, position: Number(position), flags: Number(flags) }));
}

/** A database in which nothing can be stored until it is released. */
async function stalled(): Promise<() => Promise<void>> {
  const holder = new pg.Client(database.url);
  await holder.connect();
  await holder.query('begin; lock table prediction_key in access exclusive mode');
  return async () => {
    await holder.query('rollback');
    await holder.end();
  };
}

describe('P1: accepted means committed', () => {
  it('is in the database when the answer comes, in order, without gaps', async () => {
    const items = predictions(1_200, { stream: 'p1-order' });
    for (let start = 0; start < items.length; start += 300) {
      const { status, report } = await send(items.slice(start, start + 300));
      expect({ status, report }).toEqual({ status: 200, report: { accepted: 300, duplicates: 0, rejected: [] } });
      const rows = await stored('p1-order');
      expect(rows.map(({ id }) => id)).toEqual(items.slice(0, start + 300).map(({ id }) => id));
      expect(rows.map(({ position }) => position)).toEqual(rows.map((_, at) => at + 1));
    }
  });

  it('keeps positions dense for many streams from many connections at once', async () => {
    const names = Array.from({ length: 7 }, (_, at) => `p1-many-${at}`);
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        for (let round = 0; round < 5; round += 1) {
          const items = names.flatMap((stream) => predictions(10, { stream }));
          expect((await send(items)).report.accepted).toBe(items.length);
        }
      }),
    );
    for (const name of names) {
      const rows = await stored(name);
      expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 600 }, (_, at) => at + 1));
    }
  });

  it('keeps the order of a connection, even if requests follow each other unanswered', async () => {
    const rounds = Array.from({ length: 12 }, (_, round) =>
      predictions(round % 2 === 0 ? 400 : 1, { stream: 'p1-pipelined' }),
    );
    const requests = rounds.map((items, round) => {
      // To unpack takes longer than to read what follows.
      const body = round % 2 === 0 ? gzipSync(ndjson(items)) : Buffer.from(ndjson(items));
      const encoding = round % 2 === 0 ? 'Content-Encoding: gzip\r\n' : '';
      const last = round === rounds.length - 1 ? 'Connection: close\r\n' : '';
      const head = `POST /api/v1/predictions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${body.length}\r\n${encoding}${last}\r\n`;
      return Buffer.concat([Buffer.from(head), body]);
    });
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write(Buffer.concat(requests));
    let answers = '';
    for await (const chunk of socket) answers += String(chunk);

    expect(answers.match(/HTTP\/1.1 200/g)).toHaveLength(rounds.length);
    expect((await stored('p1-pipelined')).map(({ id }) => id)).toEqual(rounds.flat().map(({ id }) => id));
  });

  it('holds over a restart, and positions go on', async () => {
    const one = await startApp();
    try {
      const by = await ingestKey(one);
      await post(ndjson(predictions(50, { stream: 'again' })), lines, one, by);
      await one.app.close();
      const two = await startApp({ databaseUrl: one.databaseUrl });
      await post(ndjson(predictions(50, { stream: 'again' })), lines, two, by);
      const other = new pg.Client(one.databaseUrl);
      await other.connect();
      const { rows } = await other.query('select count(*)::int as count, max(position)::int as last from prediction');
      await other.end();
      await two.close();
      expect(rows).toEqual([{ count: 100, last: 100 }]);
    } finally {
      await one.close();
    }
  }, 30_000);

  it('gives back what was sent, whatever it contains', async () => {
    const prediction = aPrediction({
      stream: 'p1-content',
      id: 'ö \\ "quoted" \u2028 {}',
      label: 'N\\N',
      at: '2026-11-22T07:00:00+01:00',
      scores: { '\\.': 1, toString: 0 },
      features: { tab: '\t', nul: '\u0000', half: '\ud800', 'a/b': null },
      input: { text: '\\N\n\r\t\u0000\udfff', __html: '<script>alert(1)</script>', list: [1e-7, -0.5, 1e21] },
      value: 5e-324,
      interval: [-1e308, 1e308],
    });
    expect((await send([prediction])).report.accepted).toBe(1);

    const answer = await call(app, `/predictions/p1-content/${encodeURIComponent(prediction.id)}`, { as: supervisor });
    const { prediction: served, position } = (await answer.json()) as StoredPrediction;

    expect(served).toEqual({ ...prediction, at: '2026-11-22T06:00:00.000Z' });
    expect(position).toBe(1);
  });
});

describe('P2: the same id again is a duplicate', () => {
  it('within one request and over several, never stored or flagged twice', async () => {
    // Malformed on purpose: each raises a flag.
    const items = predictions(20, { stream: 'p2', confidence: 7 });
    const first = await send([...items, ...items]);
    const second = await send([...predictions(1, { stream: 'p2', confidence: 7 }), ...items]);

    expect(first.report).toEqual({ accepted: 20, duplicates: 20, rejected: [] });
    expect(second.report).toEqual({ accepted: 1, duplicates: 20, rejected: [] });
    const rows = await stored('p2');
    expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1));
    expect(rows.slice(0, 20).map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(rows.every(({ flags }) => flags <= 1)).toBe(true);
  });

  it('over connections that race', async () => {
    const items = predictions(300, { stream: 'p2-race' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(items)));

    expect(answers.reduce((sum, { report }) => sum + report.accepted, 0)).toBe(300);
    expect(answers.reduce((sum, { report }) => sum + report.duplicates, 0)).toBe(7 * 300);
    const rows = await stored('p2-race');
    expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(300);
  });

  it('leaves no gap where duplicates were mixed in', async () => {
    const old = predictions(10, { stream: 'p2-mixed' });
    await send(old);
    const fresh = predictions(10, { stream: 'p2-mixed' });
    const { report } = await send(fresh.flatMap((item, at) => [old[at] ?? item, item, item]));

    expect(report).toEqual({ accepted: 10, duplicates: 20, rejected: [] });
    expect((await stored('p2-mixed')).map(({ id }) => id)).toEqual([...old, ...fresh].map(({ id }) => id));
    const last = fresh.at(-1)!;
    const answer = await call(app, `/predictions/p2-mixed/${last.id}`, { as: supervisor });
    expect((await answer.json()) as StoredPrediction).toMatchObject({ position: 20, prediction: { id: last.id } });
  });

  it('is no duplicate in another stream', async () => {
    const item = aPrediction({ stream: 'p2-a' });
    expect((await send([item, { ...item, stream: 'p2-b' }])).report.accepted).toBe(2);
  });
});

describe('P4: a full server says so early, and what it has accepted it keeps', () => {
  it('answers 429 with Retry-After while the lanes are full, and stores all that it answers 200 to', async () => {
    const release = await stalled();
    const batches = Array.from({ length: 80 }, () => predictions(500, { stream: 'p4' }));
    const answers = batches.map((items) => send(items));
    const early = await Promise.race([...answers, sleep(4_000)]);
    await release();
    const all = await Promise.all(answers);

    const busy = all.filter(({ status }) => status === 429);
    expect(busy).toContain(early);
    for (const { report, retryAfter } of busy) {
      expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
      expect(report).toMatchObject({ status: 429, refused: 'too-busy' });
    }
    const kept = new Set((await stored('p4')).map(({ id }) => id));
    for (const [at, { status, report }] of all.entries()) {
      expect([200, 429]).toContain(status);
      if (status === 200) expect(report.accepted + report.duplicates).toBe(500);
      if (status === 200) expect(batches[at]?.every(({ id }) => kept.has(id))).toBe(true);
    }
    expect((await send(batches.at(-1)!)).status).toBe(200);
  }, 60_000);

  it('answers 503 for what could not be stored, and then goes on as if nothing had been', async () => {
    await send(predictions(10, { stream: 'p4-trouble' }));
    const release = await stalled();
    const items = predictions(100, { stream: 'p4-trouble' });
    // The lock is held for longer than a statement waits for one.
    const { status, retryAfter } = await send(items);
    await release();

    expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: '1' });
    expect(await stored('p4-trouble')).toHaveLength(10);
    expect((await send(items)).report).toEqual({ accepted: 100, duplicates: 0, rejected: [] });
    expect((await stored('p4-trouble')).map(({ position }) => position)).toEqual(
      Array.from({ length: 110 }, (_, at) => at + 1),
    );
  }, 30_000);

  it('stores what it had taken in when it is told to stop', async () => {
    const one = await startApp();
    const by = await ingestKey(one);
    const answers = Array.from({ length: 20 }, () =>
      post(ndjson(predictions(200, { stream: 'stop' })), lines, one, by),
    );
    await Promise.race(answers);
    await one.app.close();
    const statuses = (await Promise.allSettled(answers)).map((each) =>
      each.status === 'fulfilled' ? each.value.status : 0,
    );
    const other = new pg.Client(one.databaseUrl);
    await other.connect();
    const { rows } = await other.query<{ count: number }>('select count(*)::int as count from prediction');
    await other.end();
    await one.close();

    const accepted = statuses.filter((status) => status === 200).length;
    expect(accepted).toBeGreaterThan(0);
    expect(rows[0]?.count).toBeGreaterThanOrEqual(accepted * 200);
    for (const status of statuses) expect([0, 200, 503]).toContain(status);
  }, 30_000);
});

describe('what is taken', () => {
  it('an object, a list, lines, and each of them compressed', async () => {
    const one = () => aPrediction({ stream: 'forms' });
    const json = { 'content-type': 'application/json' };
    const zipped = { 'content-encoding': 'gzip' };
    const answers = [
      await post(JSON.stringify(one()), json),
      await post(JSON.stringify([one(), one()]), json),
      await post(ndjson([one(), one(), one()])),
      await post(gzipSync(JSON.stringify(one())), { ...json, ...zipped }),
      await post(gzipSync(ndjson([one(), one()])), { ...lines, ...zipped }),
      await post(`\ufeff${JSON.stringify(one())}\r\n\r\n${JSON.stringify(one())}`, lines),
    ];
    expect(answers.map(({ status, report }) => [status, report.accepted])).toEqual([
      [200, 1],
      [200, 2],
      [200, 3],
      [200, 1],
      [200, 2],
      [200, 2],
    ]);
  });

  it('lines are stored while the rest is still coming', async () => {
    const first = aPrediction({ stream: 'slow' });
    const agent = new Agent();
    async function* body() {
      yield Buffer.from(`${JSON.stringify(first)}\n`);
      for (let tries = 0; tries < 100 && (await stored('slow')).length === 0; tries += 1) await sleep(20);
      yield Buffer.from(JSON.stringify(aPrediction({ stream: 'slow', label: String((await stored('slow')).length) })));
    }
    const answer = await request(`${app.url}/api/v1/predictions`, {
      method: 'POST',
      headers: { ...lines, authorization: `Bearer ${key}` },
      body: Readable.from(body()),
      dispatcher: agent,
    });
    expect(await answer.body.json()).toMatchObject({ accepted: 2 });
    await agent.close();
    const { rows } = await client.query(
      "select label from prediction join stream on stream.id = stream_id where name = 'slow' order by position desc limit 1",
    );
    expect(rows).toEqual([{ label: '1' }]);
  });

  it('a sender that goes away costs nobody anything', async () => {
    const abort = new AbortController();
    async function* body() {
      yield Buffer.from(ndjson(predictions(100, { stream: 'gone' })));
      await sleep(100);
      abort.abort();
      await sleep(1_000);
    }
    const broken = request(`${app.url}/api/v1/predictions`, {
      method: 'POST',
      headers: { ...lines, authorization: `Bearer ${key}` },
      body: Readable.from(body()),
      signal: abort.signal,
    });
    await expect(broken).rejects.toThrow();
    expect((await send(predictions(5, { stream: 'gone' }))).report.accepted).toBe(5);
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  });

  it('only what the key may send', async () => {
    const scoped = await ingestKey(app, ['mine']);
    const { status, report } = await post(
      ndjson([aPrediction({ stream: 'mine' }), aPrediction({ stream: 'yours' })]),
      lines,
      app,
      scoped,
    );

    expect(status).toBe(200);
    expect(report).toMatchObject({ accepted: 1, rejected: [{ index: 1, pointer: '/stream' }] });
    expect((await post(ndjson([aPrediction()]), lines, app, 'no-such-key-at-all')).status).toBe(401);
  });

  it('a whole body at the limit of items', async () => {
    const items = predictions(ingestLimits.items, { stream: 'limit' });
    expect((await send(items)).report).toEqual({ accepted: ingestLimits.items, duplicates: 0, rejected: [] });
  }, 30_000);
});
