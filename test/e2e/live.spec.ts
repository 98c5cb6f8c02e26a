import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ClientToServer,
  Hello,
  PresenceReport,
  Refusal,
  ServedEntry,
  ServerToClient,
  Tick,
} from '@watchfloor/contracts';
import { isReadable, liveNamespace, maxPushedEntries, tickSchema } from '@watchfloor/contracts';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { socketLimits } from '../../apps/api/src/live/live-door.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';
import type { RecordRoom } from '../kit/record-room.ts';
import { openRecordRoom } from '../kit/record-room.ts';

type ClientSocket = Socket<ServerToClient, ClientToServer>;

let app: TestApp;
/** Another instance on the same database: what it appends reaches this server's consoles as well. */
let other: RecordRoom;
let auditor: TestPerson;
let reviewer: TestPerson;
const open: ClientSocket[] = [];

beforeAll(async () => {
  app = await startApp();
  other = await openRecordRoom(app.databaseUrl);
  auditor = await signIn(app, ['auditor'], 'Asta');
  reviewer = await signIn(app, ['reviewer'], 'Rune');
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.close();
  await other.close();
  await app.close();
});

describe('a socket', () => {
  it.each([
    ['nobody', {}, 'not-signed-in'],
    ['a made-up cookie', { extraHeaders: { cookie: 'watchfloor_session=made-up' } }, 'not-signed-in'],
    ['a made-up token', { auth: { token: 'made-up' } }, 'not-signed-in'],
    ['a token that is no text', { auth: { token: { $ne: null } } }, 'not-signed-in'],
  ])('of %s is not let in', async (_name, options, refused) => {
    expect(await refusalOf(connect(options))).toMatchObject({ refused });
  });

  it('of a person with the cookie, a bearer header or a token is greeted with the head', async () => {
    const { head } = await recordOf(auditor, '?limit=1');
    for (const options of [
      { extraHeaders: { cookie: reviewer.cookie } },
      { extraHeaders: { authorization: `Bearer ${reviewer.token}` } },
      { auth: { token: reviewer.token } },
    ]) {
      const hello = await next(connect(options), 'hello');
      expect(hello).toEqual({ head, build: expect.any(String), at: expect.stringMatching(/^\d{4}-.*Z$/) });
    }
  });

  it.each(['websocket', 'polling'])('that a page of another site opens by %s is refused', async (transport) => {
    const extraHeaders = { cookie: reviewer.cookie, origin: 'https://evil.example' };
    const socket = connect({ extraHeaders, transports: [transport] });
    await new Promise((resolve) => socket.once('connect_error', resolve));
    expect(socket.connected).toBe(false);
  });

  it('too many of one person is not let in, until another is closed', async () => {
    const hoarder = await signIn(app, ['reviewer']);
    const held = await Promise.all(Array.from({ length: socketLimits.perPerson }, () => listening(hoarder)));
    const extraHeaders = { cookie: hoarder.cookie };
    expect(await refusalOf(connect({ extraHeaders }))).toMatchObject({ refused: 'too-busy' });
    await next(connect({ extraHeaders: { cookie: reviewer.cookie } }), 'hello');

    held[0]?.close();
    await until(async () => {
      const socket = connect({ extraHeaders });
      return next(socket, 'hello').then(
        () => true,
        () => false,
      );
    });
    for (const socket of held) socket.close();
  });

  it('finds nothing outside its namespace', async () => {
    const socket: ClientSocket = io(app.url, { ...defaults, extraHeaders: { cookie: auditor.cookie } });
    open.push(socket);
    expect(await refusalOf(socket)).toMatchObject({ refused: 'not-found' });
  });

  it('hears hello every second', async () => {
    const socket = connect({ extraHeaders: { cookie: reviewer.cookie } });
    await next(socket, 'hello');
    const startedMs = performance.now();
    await next(socket, 'hello');
    await next(socket, 'hello');
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });
});

describe('entries', () => {
  it('come in order as each may read them, from any instance', async () => {
    const seenBy = {
      auditor: entriesOf(await listening(auditor)),
      reviewer: entriesOf(await listening(reviewer)),
    };
    const { head } = await recordOf(auditor, '?limit=1');
    const system = { kind: 'system', part: 'spec' } as const;
    await other.append(
      { kind: 'flag-released', stream: 'toxicity', flagId: null, actor: system, data: { version: 1 } },
      { kind: 'key-revoked', stream: null, flagId: null, actor: system, data: { keyId: auditor.id } },
      { kind: 'flag-released', stream: 'toxicity', flagId: null, actor: system, data: { version: 2 } },
    );
    await until(() => seenBy.auditor.length === 3 && seenBy.reviewer.length === 3);

    const { items } = await recordOf(auditor, `?after=${head}`);
    expect(seenBy.auditor).toEqual(items);
    expect(seenBy.reviewer).toEqual([items[0], { number: head + 2 }, items[2]]);
    expect((await recordOf(reviewer, `?after=${head}`)).items).toEqual(seenBy.reviewer);
    expect((await recordOf(reviewer, `?after=${head}&stream=toxicity`)).items).toEqual([items[0], items[2]]);
  });

  it.each([
    ['many', maxPushedEntries + 1, ''],
    // A control character takes six in JSON.
    ['long', 50, '\u0001'.repeat(1_000)],
  ])(
    'are not pushed when they are too %s at once: hello says how far there is to catch up',
    async (_name, count, reason) => {
      const socket = await listening(reviewer);
      const entries = entriesOf(socket);
      const hellos: Hello[] = [];
      socket.on('hello', (hello) => hellos.push(hello));
      const { head } = await recordOf(auditor, '?limit=1');
      const system = { kind: 'system', part: 'spec' } as const;
      const data = { version: 1, reason };
      const drafts = Array.from(
        { length: count },
        () => ({ kind: 'flag-skipped', stream: null, flagId: null, actor: system, data }) as const,
      );
      await other.append(...drafts);
      await until(() => hellos.some((hello) => hello.head === head + count));

      expect(entries).toEqual([]);
      expect((await recordOf(reviewer, `?after=${head}&limit=1000`)).items).toHaveLength(count);
    },
  );
});

describe('a console that does not read', () => {
  it('is cut, and finds the rest when it is back', async () => {
    const socket = await listening(reviewer);
    const closed = closing(socket);
    const readBy = entriesOf(await listening(auditor));
    const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } };
    ws._socket.pause();
    const { head } = await recordOf(auditor, '?limit=1');
    const actor = { kind: 'system', part: 'spec' } as const;
    const data = { version: 1, reason: 'long '.repeat(250) };
    const drafts = Array.from(
      { length: 150 },
      () => ({ kind: 'flag-skipped', stream: null, flagId: null, actor, data }) as const,
    );
    // More than both kernels buffer between them.
    for (let batch = 1; batch <= 80; batch += 1) {
      await other.append(...drafts);
      await until(() => readBy.length === batch * drafts.length);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    ws._socket.resume();

    // On a slow machine the client may give up by itself first; the server has cut it all the same.
    expect(await closed).toMatch(/transport|ping timeout/);
    const text = await (await fetch(`${app.url}/metrics`)).text();
    expect(text).toMatch(/^watchfloor_live_cut_total\{because="slow"\} [1-9]/m);
    const back = await next(connect({ extraHeaders: { cookie: reviewer.cookie } }), 'hello');
    expect(back.head).toBeGreaterThanOrEqual(head + 80 * drafts.length);
  }, 30_000);
});

describe('a session that ends', () => {
  it('takes its sockets with it within 5 s', async () => {
    const leaver = await signIn(app, ['reviewer']);
    const socket = await listening(leaver);
    const closed = closing(socket);
    const startedMs = performance.now();
    expect((await call(app, '/auth/logout', { method: 'POST', as: leaver })).status).toBe(204);

    expect(await closed).toBe('io server disconnect');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(await refusalOf(connect({ extraHeaders: { cookie: leaver.cookie } }))).toMatchObject({
      refused: 'not-signed-in',
    });
  });

  it('does so, too, when another instance ended it', async () => {
    const leaver = await signIn(app, ['reviewer']);
    const socket = await listening(leaver);
    const closed = closing(socket);
    const startedMs = performance.now();
    await other.work.run((tx) => tx.query('delete from session where person_id = $1', [leaver.id]));

    expect(await closed).toBe('io server disconnect');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  }, 15_000);

  it('does so when its person is disabled', async () => {
    const leaver = await signIn(app, ['supervisor']);
    const administrator = await signIn(app, ['administrator']);
    const socket = await listening(leaver);
    const closed = closing(socket);
    const answer = await call(app, `/people/${leaver.id}`, {
      method: 'PATCH',
      as: administrator,
      body: { isDisabled: true },
    });
    expect(answer.status).toBe(200);

    expect(await closed).toBe('io server disconnect');
  });

  it('lets a person with other roles come back and see with new eyes', async () => {
    const riser = await signIn(app, ['reviewer']);
    const administrator = await signIn(app, ['administrator']);
    const closed = closing(await listening(riser));
    await call(app, `/people/${riser.id}`, { method: 'PATCH', as: administrator, body: { roles: ['auditor'] } });
    expect(await closed).toBe('io server disconnect');

    const entries = entriesOf(await listening(riser));
    await signIn(app, ['reviewer']);
    const kinds = () => entries.filter(isReadable).map(({ kind }) => kind);
    // Those who came in before may still be on their way.
    await until(() => kinds().includes('person-added') && kinds().at(-1) === 'person-signed-in');
    expect(kinds().slice(-2)).toEqual(['person-added', 'person-signed-in']);
  });
});

describe('what a console says', () => {
  it('is heard when it is well-formed', async () => {
    const socket = await listening(reviewer);
    expect(await say(socket, 'subscribe', { streams: ['toxicity', '*'] })).toEqual({ ok: true });
    expect(await say(socket, 'unsubscribe', { streams: ['toxicity'] })).toEqual({ ok: true });
    expect(await say(socket, 'presence', { screen: 'queue' })).toEqual({ ok: true });
  });

  it.each([
    ['subscribe', { streams: ['no such name!'] }],
    ['subscribe', { streams: 'toxicity' }],
    ['subscribe', null],
    ['subscribe', { streams: [], extra: 1 }],
    ['unsubscribe', 7],
    ['presence', { screen: 'x'.repeat(41) }],
    ['presence', { screen: 'queue', flagId: 'not-an-id' }],
    ['presence', JSON.parse('{"screen":"queue","__proto__":{"flagId":1}}')],
  ] as const)('is answered with a no when it is malformed: %s %j', async (event, said) => {
    expect(await say(await listening(reviewer), event, said)).toMatchObject({ ok: false });
  });

  it('may be at most 500 streams over all', async () => {
    const socket = await listening(reviewer);
    const streams = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    expect(await say(socket, 'subscribe', { streams: streams('a', 499) })).toEqual({ ok: true });
    expect(await say(socket, 'subscribe', { streams: streams('b', 2) })).toMatchObject({ ok: false });
    expect(await say(socket, 'subscribe', { streams: streams('a', 499) })).toEqual({ ok: true });
  });

  it('is left unheard when it is too much, and then the line is cut', async () => {
    const socket = await listening(reviewer);
    const closed = closing(socket);
    const answers = await Promise.all(Array.from({ length: 60 }, () => say(socket, 'presence', { screen: 'queue' })));
    expect(answers.filter(({ ok }) => ok).length).toBeLessThan(50);
    expect(socket.connected).toBe(true);

    for (let times = 0; times < 200; times += 1) socket.emit('presence', { screen: 'queue' });
    expect(['io server disconnect', 'transport close']).toContain(await closed);
  });

  it('is cut off when one message is too long, and unknown events are nothing', async () => {
    const socket = await listening(reviewer);
    (socket as unknown as Socket).emit('nothing-of-this-name', { a: 1 });
    expect(await say(socket, 'presence', { screen: 'queue' })).toEqual({ ok: true });
    const closed = closing(socket);
    (socket as unknown as Socket).emit('subscribe', { streams: ['x'.repeat(100_000)] });
    // On a slow machine the client may give up by itself first; the server has cut it all the same.
    expect(await closed).toMatch(/transport|ping timeout/);
    const text = await (await fetch(`${app.url}/metrics`)).text();
    expect(text).toMatch(/^watchfloor_live_cut_total\{because="slow"\} [1-9]/m);
  });

  it('shows the others who is where, until one leaves', async () => {
    const watcher = await listening(auditor);
    const reports: PresenceReport[] = [];
    watcher.on('presence', (report) => reports.push(report));
    const visitor = await signIn(app, ['reviewer'], 'Viola');
    const socket = await listening(visitor);
    await say(socket, 'presence', { screen: 'flag', flagId: visitor.id });
    const seen = () => reports.at(-1)?.people.find(({ id }) => id === visitor.id);
    await until(() => seen() !== undefined);
    expect(seen()).toEqual({ id: visitor.id, name: 'Viola', screen: 'flag', flagId: visitor.id });
    socket.close();
    await until(() => seen() === undefined);
  });
});

describe('ticks', () => {
  it('come for the streams that one subscribes to, while predictions come', async () => {
    const key = await ingestKey(app);
    const [all, one, none] = [await listening(reviewer), await listening(reviewer), await listening(reviewer)];
    const heard = new Map([all, one, none].map((socket) => [socket, ticksOf(socket)]));
    await say(all, 'subscribe', { streams: ['*'] });
    await say(one, 'subscribe', { streams: ['ticking-a'] });
    const streamsHeard = (socket: ClientSocket) => new Set(heard.get(socket)!.map(({ stream }) => stream));

    const predictions = ['ticking-a', 'ticking-b'].map((stream) => ({ stream, id: '1', label: 'x', confidence: 0.9 }));
    expect((await call(app, '/predictions', { key, body: predictions })).status).toBe(200);
    await until(() => streamsHeard(all).size === 2 && streamsHeard(one).size === 1);

    expect(streamsHeard(one)).toEqual(new Set(['ticking-a']));
    expect(heard.get(none)).toEqual([]);
    expect(heard.get(one)![0]).toMatchObject({ stream: 'ticking-a', position: 1, labels: { x: 1 } });
    expect(() => tickSchema.parse(heard.get(one)![0])).not.toThrow();

    await say(one, 'unsubscribe', { streams: ['ticking-a'] });
    const before = heard.get(one)!.length;
    const more = heard.get(all)!.length;
    await call(app, '/predictions', { key, body: { stream: 'ticking-a', id: '2', label: 'y', confidence: 0.8 } });
    await until(() => heard.get(all)!.length > more);
    expect(heard.get(one)).toHaveLength(before);
  });
});

describe('figures', () => {
  it('tell how record and sockets do', async () => {
    const socket = await listening(auditor);
    const { head } = await recordOf(auditor, '?limit=1');
    await until(() => socket.connected);
    const text = await (await fetch(`${app.url}/metrics`)).text();
    const figure = (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);

    expect(figure('watchfloor_record_head')).toBe(head);
    expect(figure('watchfloor_record_oldest_waiting_seconds')).toBe(0);
    expect([0, 1]).toContain(figure('watchfloor_record_is_sequencer'));
    expect(figure('watchfloor_live_sockets')).toBeGreaterThanOrEqual(1);
    expect(figure('watchfloor_live_entries_total')).toBeGreaterThan(0);
    expect(text).toMatch(/^watchfloor_live_cut_total\{because="slow"\} [1-9]/m);
  });
});

describe('an export', () => {
  it('is for auditors, and is itself recorded', async () => {
    expect((await call(app, '/record/export', { as: reviewer, body: { format: 'csv' } })).status).toBe(403);
    const { head } = await recordOf(auditor, '?limit=1');
    const answer = await call(app, '/record/export', { as: auditor, body: { format: 'jsonl', after: head - 2 } });
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ServedEntry);

    expect(lines.map(({ number }) => number)).toEqual([head - 1, head]);
    await until(async () => (await recordOf(auditor, `?after=${head}`)).items.length > 0);
    const { items } = await recordOf(auditor, `?after=${head}`);
    expect(items).toMatchObject([
      {
        kind: 'record-exported',
        actorName: 'Asta',
        data: { after: head - 2, count: 2, format: 'jsonl', filter: '{}' },
      },
    ]);
  });

  it('holds what its filter says', async () => {
    const answer = await call(app, '/record/export', { as: auditor, body: { format: 'csv', kind: 'key-revoked' } });
    const lines = (await answer.text()).trimEnd().split('\r\n');

    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('"key-revoked"');
  });

  it.each([
    ['?kind=no-such-kind', 'no-such-kind'],
    ['?kind=flag-raised,', 'is no kind of entry'],
    ['?after=1&before=5', 'do not go together'],
    ['?after=-1', '/query/after'],
    ['?limit=1001', '/query/limit'],
    ['?from=yesterday', '/query/from'],
    ['?colour=blue', '/query/colour'],
  ])('and a page refuse "%s" with a word why', async (query, word) => {
    const answer = await call(app, `/record${query}`, { as: auditor });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(word);
  });
});

const defaults = { transports: ['websocket'], reconnection: false, forceNew: true };

function connect(options: object): ClientSocket {
  const socket: ClientSocket = io(app.url + liveNamespace, { ...defaults, ...options });
  open.push(socket);
  return socket;
}

/** A socket that has been greeted. */
async function listening(person: TestPerson): Promise<ClientSocket> {
  const socket = connect({ extraHeaders: { cookie: person.cookie } });
  await next(socket, 'hello');
  return socket;
}

function entriesOf(socket: ClientSocket): ServedEntry[] {
  const entries: ServedEntry[] = [];
  socket.on('entry', (entry) => entries.push(entry));
  return entries;
}

function ticksOf(socket: ClientSocket): Tick[] {
  const ticks: Tick[] = [];
  socket.on('tick', (tick) => ticks.push(tick));
  return ticks;
}

async function refusalOf(socket: ClientSocket): Promise<Refusal | undefined> {
  const error = await new Promise<Error & { data?: Refusal }>((resolve) => socket.once('connect_error', resolve));
  expect(socket.connected).toBe(false);
  return error.data;
}

function next(socket: ClientSocket, event: 'hello'): Promise<Hello> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('connect_error', reject);
  });
}

function closing(socket: ClientSocket): Promise<string> {
  return new Promise((resolve) => socket.once('disconnect', resolve));
}

async function say(socket: ClientSocket, event: keyof ClientToServer, said: unknown): Promise<{ ok: boolean }> {
  return (socket as unknown as Socket).timeout(5_000).emitWithAck(event, said) as Promise<{ ok: boolean }>;
}

async function recordOf(as: TestPerson, query: string): Promise<{ items: ServedEntry[]; head: number }> {
  const answer = await call(app, `/record${query}`, { as });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { items: ServedEntry[]; head: number };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`waited too long: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
