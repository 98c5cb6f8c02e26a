import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Person, Problem } from '@watchfloor/contracts';
import { pageSchema, personSchema } from '@watchfloor/contracts';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, signIn, signInAs, testPassword } from '../../../../test/kit/people.ts';
import { AccessService } from './access.service.ts';

let app: TestApp;
let database: pg.Client;
let administrator: TestPerson;
beforeAll(async () => {
  app = await startApp({ settings: { separationOfDuties: true } });
  database = new pg.Client({ connectionString: app.databaseUrl });
  await database.connect();
  administrator = await signIn(app, ['administrator'], 'Ada');
}, 60_000);
afterAll(async () => {
  await database.end();
  await app.close();
});

const change = (person: TestPerson, body: object, as = administrator) =>
  call(app, `/people/${person.id}`, { method: 'PATCH', body, as });
const refusedOf = async (answer: Response) => ((await answer.json()) as Problem).refused;
const isIn = async (as: TestPerson) => (await call(app, '/auth/me', { as })).status === 200;

/** The newest entry of a kind in the record about a person. */
async function lastEntry(kind: string, personId: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await database.query<{ body: string }>('select body from record_entry order by id desc limit 200');
  const entries = rows.map(({ body }) => JSON.parse(body) as { kind: string; data: Record<string, unknown> });
  return entries.find((entry) => entry.kind === kind && entry.data.personId === personId)?.data;
}

describe('adding a person', () => {
  it('gives somebody who can sign in, and leaves a trace', async () => {
    const email = `${randomUUID()}@watchfloor.test`;
    const body = { email, name: 'Grace', roles: ['reviewer', 'supervisor', 'reviewer'], password: testPassword };
    const answer = await call(app, '/people', { body, as: administrator });
    expect(answer.status).toBe(201);
    const person = personSchema.parse(await answer.json());
    expect(person.roles).toEqual(['supervisor', 'reviewer']);
    expect(await lastEntry('person-added', person.id)).toEqual({
      personId: person.id,
      roles: ['supervisor', 'reviewer'],
    });
    expect((await signInAs(app, email, testPassword)).id).toBe(person.id);
  });

  it('is refused when the address is taken, whatever its case', async () => {
    const { email } = await signIn(app, ['reviewer']);
    const body = { email: email.toUpperCase(), name: 'Copy', roles: ['reviewer'] };
    const answer = await call(app, '/people', { body, as: administrator });
    expect([answer.status, await refusedOf(answer)]).toEqual([409, 'exists-already']);
  });

  it.each([['short'], ['']])('takes no password like %j', async (password) => {
    const body = { email: `${randomUUID()}@watchfloor.test`, name: 'Eve', roles: ['reviewer'], password };
    expect((await call(app, '/people', { body, as: administrator })).status).toBe(400);
  });

  it('keeps duties apart', async () => {
    const body = { email: `${randomUUID()}@watchfloor.test`, name: 'Both', roles: ['owner', 'reviewer'] };
    const answer = await call(app, '/people', { body, as: administrator });
    expect([answer.status, await refusedOf(answer)]).toEqual([409, 'duties-collide']);
  });
});

describe('changing a person', () => {
  it('lets everybody change their own name', async () => {
    const person = await signIn(app, ['auditor']);
    const answer = await change(person, { name: 'Renamed' }, person);
    expect([answer.status, ((await answer.json()) as Person).name]).toEqual([200, 'Renamed']);
  });

  it('lets nobody but an administrator change others, or roles', async () => {
    const [mallory, victim] = [await signIn(app, ['supervisor']), await signIn(app, ['reviewer'])];
    for (const [who, body] of [
      [victim, { name: 'Fool' }],
      [victim, { password: 'a new long password' }],
      [mallory, { roles: ['administrator'] }],
      [mallory, { isDisabled: false }],
    ] as const) {
      expect((await change(who, body, mallory)).status).toBe(403);
    }
    expect((await call(app, `/people/${randomUUID()}`, { method: 'PATCH', body: {}, as: mallory })).status).toBe(403);
  });

  it('counts at once: new roles in the very next call', async () => {
    const person = await signIn(app, ['reviewer']);
    expect((await call(app, '/people', { as: person })).status).toBe(403);
    await change(person, { roles: ['auditor'] });
    expect((await call(app, '/people', { as: person })).status).toBe(200);
    expect((await call(app, '/flags/next', { body: {}, as: person })).status).toBe(403);
    expect(await lastEntry('person-changed', person.id)).toEqual({
      personId: person.id,
      changed: ['roles'],
      roles: ['auditor'],
    });
  });

  it('puts whoever is disabled out at once, and keeps them out', async () => {
    const person = await signIn(app, ['reviewer']);
    await change(person, { isDisabled: true });
    expect(await isIn(person)).toBe(false);
    await expect(signInAs(app, person.email, testPassword)).rejects.toThrow('401');
    const link = new URL(await app.app.get(AccessService).signInLink(person.id)).searchParams.get('link');
    expect((await call(app, '/auth/link', { body: { token: link } })).status).toBe(401);
    await change(person, { isDisabled: false });
    expect(await isIn(await signInAs(app, person.email, testPassword))).toBe(true);
  });

  it('keeps duties apart', async () => {
    const person = await signIn(app, ['reviewer']);
    const answer = await change(person, { roles: ['reviewer', 'administrator'] });
    expect([answer.status, await refusedOf(answer)]).toEqual([409, 'duties-collide']);
  });

  it('writes nothing down when nothing changed', async () => {
    const person = await signIn(app, ['reviewer'], 'Same');
    expect((await change(person, { name: 'Same', roles: ['reviewer'] })).status).toBe(200);
    expect(await lastEntry('person-changed', person.id)).toBeUndefined();
  });
});

describe('a new password', () => {
  const fresh = 'another long password';

  it('takes the current one, when it is one’s own', async () => {
    const person = await signIn(app, ['reviewer']);
    expect((await change(person, { password: fresh }, person)).status).toBe(400);
    const wrong = await change(person, { password: fresh, currentPassword: 'wrong' }, person);
    expect([wrong.status, await refusedOf(wrong)]).toEqual([403, 'not-allowed']);
    expect((await change(person, { password: fresh, currentPassword: testPassword }, person)).status).toBe(200);
    expect(await isIn(await signInAs(app, person.email, fresh))).toBe(true);
  });

  it('ends the other sessions, and leaves the one it was given in', async () => {
    const here = await signIn(app, ['reviewer']);
    const elsewhere = await signInAs(app, here.email, testPassword);
    await change(here, { password: fresh, currentPassword: testPassword }, here);
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false]);
  });

  it('given by an administrator ends all sessions', async () => {
    const person = await signIn(app, ['reviewer']);
    await change(person, { password: fresh });
    expect(await isIn(person)).toBe(false);
    expect(await lastEntry('person-changed', person.id)).toEqual({ personId: person.id, changed: ['password'] });
  });

  it('cannot be guessed at through an open console', async () => {
    const person = await signIn(app, ['reviewer']);
    const guess = () => change(person, { password: fresh, currentPassword: 'wrong' }, person);
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).status).toBe(403);
    expect((await guess()).status).toBe(429);
  });
});

describe('the last administrator', () => {
  it('cannot go, whichever way, even when two go at once', async () => {
    await database.query(`update person set is_disabled = true where 'administrator' = any (roles) and id <> $1`, [
      administrator.id,
    ]);
    for (const body of [{ roles: ['auditor'] }, { isDisabled: true }]) {
      const answer = await change(administrator, body);
      expect([answer.status, await refusedOf(answer)]).toEqual([409, 'last-administrator']);
    }
    const second = await signIn(app, ['administrator']);
    const answers = await Promise.all([
      change(administrator, { roles: ['auditor'] }, second),
      change(second, { roles: ['auditor'] }, administrator),
    ]);
    const left = await database.query(`select 1 from person where 'administrator' = any (roles) and not is_disabled`);
    await database.query(`update person set roles = '{administrator}', is_disabled = false where id = $1`, [
      administrator.id,
    ]);
    // The slower one is the last administrator, or is none any more by the time the call is looked at.
    const [faster, slower] = answers.map(({ status }) => status).sort();
    expect(faster).toBe(200);
    expect([403, 409]).toContain(slower);
    expect(left.rows).toHaveLength(1);
  });
});

describe('the list of people', () => {
  it('comes by name, page by page, each person once', async () => {
    for (const name of ['Zoe', 'anton', 'Berta', 'anton']) await signIn(app, ['reviewer'], name);
    const names: string[] = [];
    const ids = new Set<string>();
    for (let after = ''; ;) {
      const answer = await call(app, `/people?limit=3${after}`, { as: administrator });
      const page = pageSchema(personSchema).parse(await answer.json()) as Page<Person>;
      for (const person of page.items) {
        names.push(person.name);
        ids.add(person.id);
      }
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(ids.size).toBe(names.length);
    expect(names).toEqual(
      [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() === b.toLowerCase() ? 0 : 1)),
    );
    expect(names.filter((name) => name === 'anton')).toHaveLength(2);
  });

  it('refuses a cursor that no page has named', async () => {
    for (const after of ['x', 'e30', Buffer.from('{"name":1}').toString('base64url')]) {
      expect((await call(app, `/people?after=${after}`, { as: administrator })).status).toBe(400);
    }
  });
});

describe('an open console', () => {
  /** Waits for the end of a session, for at most 5 s. */
  async function endOf(person: TestPerson, act: () => Promise<unknown>): Promise<number> {
    const access = app.app.get(AccessService);
    const who = await access.session(person.token);
    const stop = access.watch(who!);
    const startedAt = performance.now();
    try {
      return await new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the session was not ended within 5 s')), 5_000);
        const listening = access.ended.subscribe((id) => {
          if (id !== who!.sessionId) return;
          clearTimeout(timer);
          listening.unsubscribe();
          resolve(performance.now() - startedAt);
        });
        act().catch(reject);
      });
    } finally {
      stop();
    }
  }

  it.each([
    ['signs out', (person: TestPerson) => call(app, '/auth/logout', { method: 'POST', as: person })],
    ['is disabled', (person: TestPerson) => change(person, { isDisabled: true })],
    ['gets other roles', (person: TestPerson) => change(person, { roles: ['auditor'] })],
    ['gets another password', (person: TestPerson) => change(person, { password: 'another long password' })],
  ])('is closed at once when its person %s', async (_what, act) => {
    const person = await signIn(app, ['reviewer']);
    expect(await endOf(person, () => act(person))).toBeLessThan(1_500);
  });

  it.each([
    ['ends the session', 'delete from session where person_id = $1'],
    ['disables the person', 'update person set is_disabled = true where id = $1'],
    ['changes the roles', `update person set roles = '{auditor}' where id = $1`],
  ])('is closed within five seconds when another instance %s', async (_what, statement) => {
    const person = await signIn(app, ['reviewer']);
    expect(await endOf(person, () => database.query(statement, [person.id]))).toBeLessThan(5_000);
  });
});
