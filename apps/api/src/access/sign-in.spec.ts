import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me, Problem } from '@watchfloor/contracts';
import { meSchema } from '@watchfloor/contracts';
import pg from 'pg';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, cookieOf, signIn, signInAs, testPassword } from '../../../../test/kit/people.ts';
import { Work } from '../platform/database/work.ts';
import { AccessService } from './access.service.ts';
import { maxSubjects, SignInStore } from './sign-in.store.ts';

let app: TestApp;
let database: pg.Client;
beforeAll(async () => {
  app = await startApp();
  database = new pg.Client({ connectionString: app.databaseUrl });
  await database.connect();
}, 60_000);
afterAll(async () => {
  await database.end();
  await app.close();
});

const login = (email: string, password: string, headers = {}) =>
  call(app, '/auth/login', { body: { email, password }, headers });
const refusedOf = async (answer: Response) => ((await answer.json()) as Problem).refused;
const isIn = async (as: TestPerson) => (await call(app, '/auth/me', { as })).status === 200;

describe('a password', () => {
  it('opens a session that says who one is and what one may do', async () => {
    const person = await signIn(app, ['reviewer']);
    const me = meSchema.parse(await (await call(app, '/auth/me', { as: person })).json());
    expect(me.person.roles).toEqual(['reviewer']);
    expect(me.permissions).toContain('flags.decide');
    expect(me.permissions).not.toContain('people.edit');
    expect(me.separationOfDuties).toBe(false);
  });

  it('is asked for whatever the case of the address', async () => {
    const { email } = await signIn(app, ['reviewer']);
    expect((await login(email.toUpperCase(), testPassword)).status).toBe(200);
  });

  it('gives a cookie that scripts cannot read and other sites do not send', async () => {
    const { email } = await signIn(app, ['reviewer']);
    const [header = ''] = (await login(email, testPassword)).headers.getSetCookie();
    expect(header).toMatch(/^watchfloor_session=[\w-]{43};/);
    expect(header).toMatch(/Max-Age=6047\d\d;/);
    expect(header).toContain('HttpOnly');
    expect(header).toContain('SameSite=Lax');
    expect(header).not.toContain('Secure');
  });

  it('never says which accounts exist', async () => {
    const { email } = await signIn(app, ['reviewer']);
    const wrong = await login(email, 'not the password');
    const unknown = await login('nobody@watchfloor.test', 'not the password');
    expect(await unknown.text()).toBe(await wrong.text());
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
  });

  it('is kept as argon2id, and the token as a hash', async () => {
    const { email, token } = await signIn(app, ['reviewer']);
    const people = await database.query<{ password_hash: string }>('select * from person where email_key = $1', [
      email,
    ]);
    expect(people.rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    const tokens = await database.query<{ hash: Buffer }>('select hash from session_token');
    expect(JSON.stringify(tokens.rows)).not.toContain(Buffer.from(token).toString('hex'));
    expect(tokens.rows.every(({ hash }) => hash.length === 32)).toBe(true);
  });

  it('that is wrong ten times makes one wait, even with the right one then', async () => {
    const { email } = await signIn(app, ['reviewer']);
    const answers = await Promise.all(Array.from({ length: 14 }, () => login(email, 'wrong')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);

    const right = await login(email, testPassword);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
    await database.query(`update sign_in_attempt set window_ends_at = now()`);
    expect((await login(email, testPassword)).status).toBe(200);
  });

  it('that is right now and then does not add up', async () => {
    const { email } = await signIn(app, ['reviewer']);
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 6; attempt += 1) expect((await login(email, 'wrong')).status).toBe(401);
      expect((await login(email, testPassword)).status).toBe(200);
    }
  });

  it('never says by its time which accounts exist', async () => {
    const { email } = await signIn(app, ['reviewer']);
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 5; round += 1) {
      for (const [kind, address] of [
        ['known', email],
        ['unknown', `nobody-${round}@watchfloor.test`],
      ] as const) {
        const startedAt = performance.now();
        await login(address, 'wrong');
        times[kind].push(performance.now() - startedAt);
      }
    }
    const middle = (values: number[]) => values.sort((a, b) => a - b)[2]!;
    const ratio = middle(times.known) / middle(times.unknown);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('is counted by address, too, over all accounts', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect((await login('guess-1@watchfloor.test', 'wrong', from('203.0.113.9'))).status).toBe(401);
    await database.query(`update sign_in_attempt set attempts = 99 where subject = 'address:203.0.113.9'`);
    expect((await login('guess-2@watchfloor.test', 'wrong', from('203.0.113.9'))).status).toBe(401);
    expect((await login('guess-more@watchfloor.test', 'wrong', from('203.0.113.9'))).status).toBe(429);
    expect((await login('guess-more@watchfloor.test', 'wrong', from('203.0.113.10'))).status).toBe(401);
  }, 90_000);

  it('from an address that tries on and on does not fill the database with made-up accounts', async () => {
    const rows = async () => (await database.query('select from sign_in_attempt')).rows.length;
    const headers = { 'x-forwarded-for': '203.0.113.11' };
    await login('made-up@watchfloor.test', 'wrong', headers);
    await database.query(`update sign_in_attempt set attempts = 100 where subject = 'address:203.0.113.11'`);
    const before = await rows();
    for (let n = 0; n < 20; n += 1)
      expect((await login(`made-up-${n}@watchfloor.test`, 'wrong', headers)).status).toBe(429);
    expect(await rows()).toBe(before);
  });

  it('tried from everywhere is counted for a bounded number of accounts and addresses', async () => {
    await database.query(
      `insert into sign_in_attempt (subject, attempts, window_ends_at)
       select 'account:' || n, 1, now() + n * interval '1 ms' from generate_series(1, $1::int) n`,
      [maxSubjects + 500],
    );
    await app.app.get(Work).run((tx) => app.app.get(SignInStore).sweepAttempts(tx));
    const { rows } = await database.query<{ n: string }>('select count(*) as n from sign_in_attempt');
    expect(Number(rows[0]!.n)).toBeLessThanOrEqual(maxSubjects);
    await database.query('delete from sign_in_attempt');
  }, 90_000);

  it('asked for by a crowd at once does not keep others from being served', async () => {
    const crowd = Array.from({ length: 100 }, (_, n) =>
      login(`crowd-${n}@watchfloor.test`, 'wrong', { 'x-forwarded-for': `198.51.100.${n}` }),
    );
    const waits: number[] = [];
    const state = { isOver: false };
    const answers = Promise.all(crowd).finally(() => (state.isOver = true));
    while (!state.isOver) {
      const startedAt = performance.now();
      await call(app, '/auth/me');
      waits.push(performance.now() - startedAt);
    }
    const refused = (await answers).filter(({ status }) => status !== 401);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(60);
    for (const answer of refused) {
      expect([await refusedOf(answer), answer.headers.get('retry-after')]).toEqual(['too-busy', '1']);
    }
    expect(waits.length).toBeGreaterThan(10);
    expect(waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)]).toBeLessThan(1_000);
  }, 90_000);

  it('from another site is not even looked at', async () => {
    const { email } = await signIn(app, ['reviewer']);
    const answer = await login(email, testPassword, { origin: 'https://evil.example' });
    expect([answer.status, await refusedOf(answer)]).toEqual([403, 'wrong-origin']);
  });

  it('ends the session that the browser held before', async () => {
    const before = await signIn(app, ['reviewer']);
    const answer = await login(before.email, testPassword, { cookie: before.cookie });
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).not.toBe(before.cookie);
    expect(await isIn(before)).toBe(false);
  });
});

describe('a sign-in link', () => {
  const linkOf = async (personId: string) => {
    const link = new URL(await app.app.get(AccessService).signInLink(personId));
    return { token: link.searchParams.get('link') ?? '', path: link.pathname };
  };

  it('opens a session, once', async () => {
    const { id } = await signIn(app, ['auditor']);
    const { token, path } = await linkOf(id);
    expect(path).toBe('/sign-in');
    const answers = await Promise.all([1, 2, 3].map(() => call(app, '/auth/link', { body: { token } })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const me = (await answers.find(({ status }) => status === 200)!.json()) as Me;
    expect(me.person.id).toBe(id);
  });

  it('takes the place of the one before', async () => {
    const { id } = await signIn(app, ['auditor']);
    const first = await linkOf(id);
    await linkOf(id);
    expect((await call(app, '/auth/link', { body: { token: first.token } })).status).toBe(401);
  });

  it('is nothing after a day', async () => {
    const { id } = await signIn(app, ['auditor']);
    const { token } = await linkOf(id);
    await database.query(`update sign_in_link set expires_at = now() where person_id = $1`, [id]);
    expect((await call(app, '/auth/link', { body: { token } })).status).toBe(401);
  });
});

describe('a session', () => {
  it('may be shown as a bearer, too', async () => {
    const { token } = await signIn(app, ['reviewer']);
    expect((await call(app, '/auth/me', { key: token })).status).toBe(200);
  });

  it('ends with signing out, and says so to the browser', async () => {
    const person = await signIn(app, ['reviewer']);
    const answer = await call(app, '/auth/logout', { method: 'POST', as: person });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie().join()).toMatch(/^watchfloor_session=;.*Max-Age=0/);
    expect(await isIn(person)).toBe(false);
  });

  it.each([
    ['half a day without use', `last_seen_at = now() - interval '12 h'`],
    ['a week', `expires_at = now()`],
  ])('ends after %s', async (_time, change) => {
    const person = await signIn(app, ['reviewer']);
    await database.query(`update session set ${change} where person_id = $1`, [person.id]);
    expect(await isIn(person)).toBe(false);
  });

  it('goes on while it is used', async () => {
    const person = await signIn(app, ['reviewer']);
    await database.query(`update session set last_seen_at = now() - interval '11 h' where person_id = $1`, [person.id]);
    expect(await isIn(person)).toBe(true);
    const seen = await database.query<{ ago: number }>(
      `select extract(epoch from now() - last_seen_at)::float8 as ago from session where person_id = $1`,
      [person.id],
    );
    expect(seen.rows[0]!.ago).toBeLessThan(60);
  });

  it('does not change anything for a page of another site', async () => {
    const person = await signIn(app, ['administrator']);
    const body = { name: 'Stolen', streams: ['*'] };
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      const answer = await call(app, '/keys', { body, headers, as: person });
      expect([answer.status, await refusedOf(answer)]).toEqual([403, 'wrong-origin']);
    }
    const own = await call(app, '/keys', { body, headers: { origin: new URL(app.url).origin }, as: person });
    expect(own.status).toBe(201);
  });
});

describe('a token', () => {
  const grownOld = (personId: string) =>
    database.query(`update session set rotated_at = now() - interval '61 min' where person_id = $1`, [personId]);

  it('is replaced after an hour, once, however many requests run side by side', async () => {
    const person = await signIn(app, ['reviewer']);
    await grownOld(person.id);
    const answers = await Promise.all(Array.from({ length: 12 }, () => call(app, '/auth/me', { as: person })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter((answer) => answer.headers.getSetCookie().length > 0)).toHaveLength(1);
  });

  it('serves until its successor is seen, and a minute longer', async () => {
    const person = await signIn(app, ['reviewer']);
    await grownOld(person.id);
    const fresh = { ...person, cookie: cookieOf(await call(app, '/auth/me', { as: person })) };
    expect(fresh.cookie).not.toBe(person.cookie);
    expect(await isIn(person)).toBe(true);
    expect(await isIn(fresh)).toBe(true);
    expect(await isIn(person)).toBe(true);

    await database.query(`update session_token set retires_at = now() where retires_at is not null`);
    expect(await isIn(person)).toBe(false);
    expect(await isIn(fresh)).toBe(true);
  });

  it('goes on serving when its successor was lost on the way', async () => {
    const person = await signIn(app, ['reviewer']);
    await grownOld(person.id);
    const lost = { ...person, cookie: cookieOf(await call(app, '/auth/me', { as: person })) };
    await grownOld(person.id);
    const fresh = { ...person, cookie: cookieOf(await call(app, '/auth/me', { as: person })) };
    expect(await isIn(lost)).toBe(false);
    expect(await isIn(fresh)).toBe(true);
  });

  it('is not replaced when shown as a bearer, since nobody would take the new one', async () => {
    const person = await signIn(app, ['reviewer']);
    await grownOld(person.id);
    expect((await call(app, '/auth/me', { key: person.token })).headers.getSetCookie()).toEqual([]);
  });
});

it('keeps a hundred sessions of one person at most', async () => {
  const person = await signIn(app, ['reviewer']);
  await database.query(
    `insert into session (id, person_id, started_at, last_seen_at, rotated_at, expires_at)
     select gen_random_uuid(), $1, now() + n * interval '1 ms', now(), now(), now() + interval '1 h' from generate_series(1, 120) n`,
    [person.id],
  );
  await signInAs(app, person.email, testPassword);
  const { rows } = await database.query('select from session where person_id = $1', [person.id]);
  expect(rows).toHaveLength(100);
});

describe('behind a public address with TLS', () => {
  const publicUrl = 'https://floor.example';
  let secure: TestApp;
  beforeAll(async () => {
    secure = await startApp({ settings: { publicUrl } });
  }, 60_000);
  afterAll(() => secure.close());

  it('the cookie never travels without TLS, and browsers are told to stay with it', async () => {
    const { email } = await signIn(secure, ['reviewer']);
    const answer = await call(secure, '/auth/login', { body: { email, password: testPassword } });
    expect(answer.headers.getSetCookie()[0]).toContain('Secure');
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('its pages may change things, and links lead there', async () => {
    const person = await signIn(secure, ['reviewer']);
    const name = 'Renamed';
    const change = (origin: string) =>
      call(secure, `/people/${person.id}`, { method: 'PATCH', body: { name }, headers: { origin }, as: person });
    expect((await change(publicUrl)).status).toBe(200);
    expect((await change('https://evil.example')).status).toBe(403);
    expect(await secure.app.get(AccessService).signInLink(person.id)).toMatch(
      /^https:\/\/floor\.example\/sign-in\?link=/,
    );
  });
});
