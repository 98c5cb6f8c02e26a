import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimedFlag, Flag, Page, Problem, RecordPage } from '@watchfloor/contracts';
import { claimedFlagSchema, flagSchema, isReadable } from '@watchfloor/contracts';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import { TestFloor, until } from '../../../../test/kit/floor.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, signIn } from '../../../../test/kit/people.ts';
import { aWindow } from '../../../../test/builders/a-flag.ts';
import { Work } from '../platform/database/work.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import { maxHeldFlags } from './flag-acts.ts';

let app: TestApp;
let floor: TestFloor;
let mika: TestPerson;
let ada: TestPerson;
let count = 0;

beforeAll(async () => {
  app = await startApp();
  floor = new TestFloor(app);
  mika = await signIn(app, ['reviewer'], 'Mika Ito');
  ada = await signIn(app, ['reviewer', 'supervisor'], 'Ada Okafor');
}, 60_000);
afterAll(() => app.close());

/** A stream of its own for each spec, so that the queues do not mix. */
async function aStream(
  ...[changes, task]: [...Parameters<TestFloor['stream']>] extends [string, ...infer Rest] ? Rest : never
) {
  count += 1;
  return floor.stream(`stream-${count}`, changes, task);
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- names what a route answers, once for each call
async function ask<Answer>(path: string, as: TestPerson, body?: unknown): Promise<{ status: number; body: Answer }> {
  const answer = await call(app, path, { as, body });
  return { status: answer.status, body: (answer.status === 204 ? undefined : await answer.json()) as Answer };
}

const refusal = (body: unknown): unknown => (body as Problem).refused;
const next = async (as: TestPerson, { name }: RegisteredStream): Promise<ClaimedFlag> =>
  claimedFlagSchema.parse((await ask('/flags/next', as, { stream: name })).body);
const read = async (id: string): Promise<Flag> => flagSchema.parse((await ask<Flag>(`/flags/${id}`, mika)).body);

async function one(changes = {}): Promise<ClaimedFlag & { stream: RegisteredStream }> {
  const stream = await aStream({ labels: ['fine', 'toxic'], ...changes });
  await floor.findUnsure(stream, 1);
  return { ...(await next(mika, stream)), stream };
}

const held = ({ flag, claim }: ClaimedFlag) => ({ version: flag.version, claim: claim.token });
const sql = (statement: string, parameters: unknown[] = []) =>
  app.app.get(Work).run((tx) => tx.query(statement, parameters));
/** As if so many seconds had gone by for this flag. */
const pass = (id: string, seconds: number) =>
  sql(
    `with aged as (
       update flag set returns_at = returns_at - $2::int * interval '1 s', closed_at = closed_at - $2::int * interval '1 s'
       where id = $1 returning id
     )
     update flag_verdict set at = at - $2::int * interval '1 s', undo_until = undo_until - $2::int * interval '1 s'
     where flag_id in (select id from aged)`,
    [id, seconds],
  );

async function entriesOf(flagId: string) {
  const isNumbered = async (): Promise<boolean> =>
    ((await sql('select from record_pending where flag_id = $1 limit 1', [flagId])) as unknown[]).length === 0;
  await until('all entries have their numbers', isNumbered);
  const page = await ask<RecordPage>(`/record?flagId=${flagId}`, mika);
  return page.body.items.filter(isReadable);
}

describe('the next flag', () => {
  it('carries its reason: detector, figures, policy version, evidence, and the prediction as it came in', async () => {
    const { flag } = await one();
    expect(flag).toMatchObject({
      state: 'claimed',
      priority: 'P3',
      version: 2,
      subject: { kind: 'prediction', prediction: { id: 'p1', label: 'fine' } },
      signals: [
        { kind: 'low-confidence', score: 0.41, threshold: 0.7, policyVersion: 1, evidence: { confidence: 0.41 } },
      ],
      claim: { by: { name: 'Mika Ito' } },
      choices: ['fine', 'toxic'],
    });
  });

  it('is told by 204 when the queue is clear', async () => {
    const stream = await aStream();
    expect((await ask('/flags/next', mika, { stream: stream.name })).status).toBe(204);
  });

  it('is never one that somebody holds, or that the screen already has', async () => {
    const stream = await aStream();
    await floor.findUnsure(stream, 3);
    const first = await next(mika, stream);
    const second = await next(ada, stream);
    expect(second.flag.id).not.toBe(first.flag.id);
    await ask(`/flags/${first.flag.id}/release`, mika, held(first));
    const third = await ask<ClaimedFlag>('/flags/next', mika, { stream: stream.name, not: [first.flag.id] });
    expect([first.flag.id, second.flag.id]).not.toContain(third.body.flag.id);
  });

  it('is the most urgent, and the oldest of these', async () => {
    const stream = await aStream();
    await floor.findUnsure(stream, 1);
    const malformed = {
      kind: 'malformed',
      score: 1,
      threshold: 0,
      reason: 'odd',
      evidence: {},
      policyVersion: 1,
    } as const;
    await floor.find(stream, [{ prediction: { label: 'odd' }, signals: [malformed] }]);
    await floor.findUnsure(stream, 1);
    const order = [await next(mika, stream), await next(mika, stream), await next(mika, stream)];
    expect(order.map(({ flag }) => flag.subject.kind === 'prediction' && flag.subject.prediction.id)).toEqual([
      'p2',
      'p1',
      'p3',
    ]);
  });

  it('comes back at once to whoever asks when its holder has let the claim run out', async () => {
    const { flag, stream } = await one();
    await pass(flag.id, 3_600);
    const again = await next(ada, stream);
    expect(again.flag.id).toBe(flag.id);
    expect((await entriesOfKinds(flag.id)).slice(0, 4)).toEqual([
      'flag-raised',
      'flag-claimed',
      'claim-expired',
      'flag-claimed',
    ]);
  });

  it('is not for those who hold more than a screenful', async () => {
    const stream = await aStream();
    const greedy = await signIn(app, ['reviewer'], 'Greedy');
    await floor.findUnsure(stream, maxHeldFlags + 1);
    for (let taken = 0; taken < maxHeldFlags; taken += 1) await next(greedy, stream);
    const answer = await ask('/flags/next', greedy, { stream: stream.name });
    expect([answer.status, refusal(answer.body)]).toEqual([409, 'not-yet-possible']);
  });

  it('is nothing for an auditor', async () => {
    const auditor = await signIn(app, ['auditor']);
    expect((await ask('/flags/next', auditor, {})).status).toBe(403);
  });
});

describe('a claim', () => {
  it('is renewed by its holder without a new version', async () => {
    const claimed = await one();
    const renewed = await ask<ClaimedFlag>(`/flags/${claimed.flag.id}/claim`, mika, { claim: claimed.claim.token });
    expect(renewed.body.claim.token).toBe(claimed.claim.token);
    expect(renewed.body.claim.expiresAt >= claimed.claim.expiresAt).toBe(true);
    expect(renewed.body.flag.version).toBe(claimed.flag.version);
    expect(await entriesOfKinds(claimed.flag.id)).toEqual(['flag-raised', 'flag-claimed']);
  });

  it('cannot be taken while somebody holds it, and the name of the holder is told', async () => {
    const { flag } = await one();
    const answer = await ask<Problem>(`/flags/${flag.id}/claim`, ada, {});
    expect([answer.status, answer.body.refused]).toEqual([409, 'claimed-by-other']);
    expect(answer.body.detail).toMatch(/^Mika Ito holds this flag/);
  });

  it('once run out is lost for its holder', async () => {
    const claimed = await one();
    await pass(claimed.flag.id, 3_600);
    const renewal = await ask(`/flags/${claimed.flag.id}/claim`, mika, { claim: claimed.claim.token });
    expect(refusal(renewal.body)).toBe('claim-lost');
    const verdict = await ask(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), label: 'fine' });
    expect(refusal(verdict.body)).toBe('claim-lost');
  });

  it('is never shown to others: the token is kept as a hash', async () => {
    const claimed = await one();
    const list = await ask<Page<Flag>>(`/flags?stream=${claimed.stream.name}`, ada);
    const rows: unknown = await sql('select * from flag where id = $1', [claimed.flag.id]);
    const everything = JSON.stringify([list.body, await read(claimed.flag.id), await entriesOf(claimed.flag.id), rows]);
    expect(everything).not.toContain(claimed.claim.token);
  });

  it('of one’s own is taken over by claiming anew, and the old token is worth nothing', async () => {
    const claimed = await one();
    const anew = await ask<ClaimedFlag>(`/flags/${claimed.flag.id}/claim`, mika, {});
    expect(anew.body.flag.version).toBe(claimed.flag.version + 1);
    const old = await ask(`/flags/${claimed.flag.id}/release`, mika, { claim: claimed.claim.token });
    expect(refusal(old.body)).toBe('claim-lost');
  });

  it('comes back by the sweeper, soon after it has run out', async () => {
    const { flag } = await one();
    await pass(flag.id, 3_600);
    await until('the flag is open', async () => (await read(flag.id)).state === 'open', 5_000);
  });
});

describe('a verdict', () => {
  it('settles the flag once: what it means is derived, and it stands in the record', async () => {
    const claimed = await one();
    const body = { ...held(claimed), label: 'toxic', reason: 'wrong-class', note: 'see the thread' };
    const settled = await ask<Flag>(`/flags/${claimed.flag.id}/verdict`, mika, body);
    expect(settled.status).toBe(200);
    expect(flagSchema.parse(settled.body)).toMatchObject({
      state: 'settled',
      version: 3,
      verdicts: [
        {
          verdict: 'overridden',
          label: 'toxic',
          reason: 'wrong-class',
          note: 'see the thread',
          by: { name: 'Mika Ito' },
        },
      ],
    });
    expect(settled.body.undoUntil).toBeDefined();
    const entry = (await entriesOf(claimed.flag.id)).at(-1);
    expect(entry).toMatchObject({
      kind: 'flag-settled',
      actorName: 'Mika Ito',
      data: {
        version: 3,
        verdict: 'overridden',
        label: 'toxic',
        modelLabel: 'fine',
        reason: 'wrong-class',
        policyVersion: 2,
      },
    });
  });

  it('has its note beside the record, and its salted digest in it', async () => {
    const claimed = await one();
    await ask(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), label: 'fine', note: 'a private word' });
    const [kept] = (await sql('select note, note_salt from flag_verdict where flag_id = $1', [claimed.flag.id])) as [
      { note: string; note_salt: Buffer },
    ];
    const entry = (await entriesOf(claimed.flag.id)).at(-1);
    const digest = createHash('sha256').update(kept.note_salt).update(kept.note, 'utf8').digest('hex');
    expect(entry?.kind === 'flag-settled' && entry.data.noteDigest).toBe(digest);
    expect(JSON.stringify(entry)).not.toContain('private');
  });

  it('given twice by a double press is one verdict', async () => {
    const claimed = await one();
    const body = { ...held(claimed), label: 'toxic' };
    const answers = await Promise.all([1, 2, 3].map(() => ask<Flag>(`/flags/${claimed.flag.id}/verdict`, mika, body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body: { version } }) => version))).toEqual(new Set([3]));
    expect((await read(claimed.flag.id)).verdicts).toHaveLength(1);
    expect((await entriesOfKinds(claimed.flag.id)).filter((kind) => kind === 'flag-settled')).toHaveLength(1);
  });

  it('of the loser is refused with the name of the winner, and writes nothing', async () => {
    const claimed = await one();
    await pass(claimed.flag.id, 3_600);
    const winner = await next(ada, claimed.stream);
    await ask(`/flags/${winner.flag.id}/verdict`, ada, { ...held(winner), label: 'fine' });
    const before = await everythingOf(claimed.flag.id);
    const late = await ask<Problem>(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), label: 'toxic' });
    expect([late.status, late.body.refused]).toEqual([409, 'already-settled']);
    expect(late.body.detail).toMatch(/^Ada Okafor answered .* before you$/);
    expect(await everythingOf(claimed.flag.id)).toEqual(before);
  });

  it('on a version that is not the present one is refused, and writes nothing', async () => {
    const claimed = await one();
    await ask(`/flags/${claimed.flag.id}/comments`, ada, { text: 'Look at the language first' });
    const before = await everythingOf(claimed.flag.id);
    const stale = await ask<Problem>(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), label: 'toxic' });
    expect([stale.status, stale.body.refused]).toEqual([409, 'stale-version']);
    expect(await everythingOf(claimed.flag.id)).toEqual(before);
  });

  it.each([
    ['an undeclared label', { label: 'odd' }, 'unfit-answer', 422],
    ['a value for a label', { value: 3 }, 'unfit-answer', 422],
    ['two answers at once', { label: 'fine', verdict: 'confirmed' }, 'malformed', 400],
    ['no answer', {}, 'malformed', 400],
    ['another reason without a note', { label: 'toxic', reason: 'other' }, 'malformed', 400],
  ])('with %s is refused', async (_name, given, refused, status) => {
    const claimed = await one();
    const answer = await ask(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), ...given });
    expect([answer.status, refusal(answer.body)]).toEqual([status, refused]);
  });

  it('that overrides needs a reason where the policy asks for one', async () => {
    const review = { leaseSeconds: 120, undoSeconds: 10, reasonRequired: true, maxOpenFlags: 100 };
    const claimed = await one({ review });
    const url = `/flags/${claimed.flag.id}/verdict`;
    const without = await ask(url, mika, { ...held(claimed), label: 'toxic' });
    expect([without.status, refusal(without.body)]).toEqual([422, 'reason-needed']);
    expect((await ask(url, mika, { ...held(claimed), label: 'toxic', reason: 'wrong-class' })).status).toBe(200);
  });

  it('on a window says that the stream is all right, or not', async () => {
    const stream = await aStream();
    await floor.find(stream, [], [aWindow('silence')]);
    const claimed = await next(mika, stream);
    expect(claimed.flag).toMatchObject({ priority: 'P2', subject: { kind: 'window', itemCount: 0 }, choices: [] });
    const settled = await ask<Flag>(`/flags/${claimed.flag.id}/verdict`, mika, {
      ...held(claimed),
      verdict: 'overridden',
    });
    expect(settled.body).toMatchObject({ state: 'settled', verdicts: [{ verdict: 'overridden' }] });
  });

  it('on a value is compared with a tolerance', async () => {
    const stream = await aStream({}, 'value');
    const wide = {
      kind: 'wide-interval',
      score: 9,
      threshold: 2,
      reason: 'wide',
      evidence: {},
      policyVersion: 1,
    } as const;
    await floor.find(stream, [{ prediction: { value: 12.3456 }, signals: [wide] }]);
    const claimed = await next(mika, stream);
    expect(claimed.flag.choices).toEqual([]);
    const settled = await ask<Flag>(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), value: 12.35 });
    expect(settled.body.verdicts).toMatchObject([{ verdict: 'confirmed', value: 12.35 }]);
  });
});

describe('a verdict that is taken back or changed', () => {
  async function settledOne() {
    const claimed = await one();
    const { body } = await ask<Flag>(`/flags/${claimed.flag.id}/verdict`, mika, { ...held(claimed), label: 'toxic' });
    return { ...claimed, flag: body };
  }

  it('is undone within seconds by its author, who gets the claim back; both stay in the record', async () => {
    const { flag } = await settledOne();
    const undone = await ask<ClaimedFlag>(`/flags/${flag.id}/undo`, mika, { version: flag.version });
    expect(undone.body.flag).toMatchObject({ state: 'claimed', version: 4, claim: { by: { name: 'Mika Ito' } } });
    expect(undone.body.flag.verdicts[0]?.undoneAt).toBeDefined();
    const again = await ask<Flag>(`/flags/${flag.id}/verdict`, mika, { ...held(undone.body), label: 'fine' });
    expect(again.body.verdicts.map(({ verdict, undoneAt }) => [verdict, undoneAt !== undefined])).toEqual([
      ['overridden', true],
      ['confirmed', false],
    ]);
    expect(await entriesOfKinds(flag.id)).toEqual([
      'flag-raised',
      'flag-claimed',
      'flag-settled',
      'verdict-undone',
      'flag-settled',
    ]);
  });

  it('is not undone by others, nor late', async () => {
    const { flag } = await settledOne();
    const others = await ask(`/flags/${flag.id}/undo`, ada, { version: flag.version });
    expect(refusal(others.body)).toBe('not-yours');
    await pass(flag.id, 11);
    const late = await ask(`/flags/${flag.id}/undo`, mika, { version: flag.version });
    expect([late.status, refusal(late.body)]).toEqual([409, 'too-late-to-undo']);
  });

  it('is superseded after that by anybody who decides, never edited', async () => {
    const { flag } = await settledOne();
    const early = await ask<Problem>(`/flags/${flag.id}/verdict`, ada, { version: flag.version, label: 'fine' });
    expect([early.status, early.body.refused]).toEqual([409, 'already-settled']);
    await pass(flag.id, 11);
    const later = await ask<Flag>(`/flags/${flag.id}/verdict`, ada, { version: flag.version, label: 'fine' });
    expect(later.body).toMatchObject({ state: 'settled', version: 4 });
    expect(later.body.verdicts).toMatchObject([
      { id: flag.verdicts[0]?.id, verdict: 'overridden', by: { name: 'Mika Ito' } },
      { supersedes: flag.verdicts[0]?.id, verdict: 'confirmed', by: { name: 'Ada Okafor' } },
    ]);
    expect((await entriesOf(flag.id)).at(-1)).toMatchObject({
      kind: 'verdict-superseded',
      data: { supersedes: flag.verdicts[0]?.id },
    });
  });

  it('is superseded once when two try on the same version', async () => {
    const { flag } = await settledOne();
    await pass(flag.id, 11);
    const body = { version: flag.version, label: 'fine' };
    const both = await Promise.all([mika, ada].map((as) => ask<Flag>(`/flags/${flag.id}/verdict`, as, body)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await read(flag.id)).verdicts).toHaveLength(2);
  });
});

describe('letting a flag go', () => {
  it('gives it back by release', async () => {
    const claimed = await one();
    expect((await ask<Flag>(`/flags/${claimed.flag.id}/release`, mika, held(claimed))).body.state).toBe('open');
    expect((await next(mika, claimed.stream)).flag.id).toBe(claimed.flag.id);
  });

  it('leaves it to others by skip', async () => {
    const claimed = await one();
    const skipped = await ask<Flag>(`/flags/${claimed.flag.id}/skip`, mika, {
      ...held(claimed),
      reason: 'I know this customer',
    });
    expect(skipped.body.state).toBe('open');
    expect((await ask('/flags/next', mika, { stream: claimed.stream.name })).status).toBe(204);
    expect((await next(ada, claimed.stream)).flag.id).toBe(claimed.flag.id);
    expect((await entriesOf(claimed.flag.id))[2]).toMatchObject({
      kind: 'flag-skipped',
      data: { reason: 'I know this customer' },
    });
  });

  it('puts it off by snooze, and it comes back by itself', async () => {
    const claimed = await one();
    const snoozed = await ask<Flag>(`/flags/${claimed.flag.id}/snooze`, mika, { ...held(claimed), minutes: 30 });
    expect(snoozed.body).toMatchObject({ state: 'snoozed' });
    expect(snoozed.body.snoozedUntil).toBeDefined();
    expect((await ask('/flags/next', ada, { stream: claimed.stream.name })).status).toBe(204);
    await pass(claimed.flag.id, 31 * 60);
    expect((await next(ada, claimed.stream)).flag.id).toBe(claimed.flag.id);
    expect((await entriesOfKinds(claimed.flag.id)).slice(2, 4)).toEqual(['flag-snoozed', 'flag-woken']);
  });

  it('makes it more urgent by escalate, with or without a claim, but not out of another’s hands', async () => {
    const claimed = await one();
    const { id, version } = claimed.flag;
    expect(refusal((await ask(`/flags/${id}/escalate`, ada, { version })).body)).toBe('claimed-by-other');
    const escalated = await ask<Flag>(`/flags/${id}/escalate`, mika, { ...held(claimed), reason: 'legal' });
    expect(escalated.body).toMatchObject({ state: 'open', priority: 'P2' });
    const again = await ask<Flag>(`/flags/${id}/escalate`, ada, { version: escalated.body.version });
    expect(again.body).toMatchObject({ state: 'open', priority: 'P1' });
  });

  it('asks for the claim', async () => {
    const claimed = await one();
    for (const act of ['release', 'skip', 'snooze']) {
      const body = { claim: 'made-up', ...(act === 'snooze' && { minutes: 5 }) };
      expect(refusal((await ask(`/flags/${claimed.flag.id}/${act}`, mika, body)).body)).toBe('claim-lost');
      expect(refusal((await ask(`/flags/${claimed.flag.id}/${act}`, ada, body)).body)).toBe('claimed-by-other');
    }
  });
});

describe('a comment', () => {
  it('is seen by all, and the record holds its digest only', async () => {
    const { flag } = await one();
    const owner = await signIn(app, ['owner']);
    const commented = await ask<Flag>(`/flags/${flag.id}/comments`, owner, { text: '<b>hm</b>' });
    expect(commented.status).toBe(201);
    expect(commented.body.comments).toMatchObject([{ text: '<b>hm</b>', by: { name: 'Test Person' } }]);
    expect(JSON.stringify(await entriesOf(flag.id))).not.toContain('<b>');
  });
});

describe('a flag that is not there', () => {
  it('is not found, by whatever act', async () => {
    const id = '0193b5a6-6c00-7000-8000-000000000003';
    for (const [act, body] of [
      ['claim', {}],
      ['release', { claim: 'x' }],
      ['verdict', { version: 1, claim: 'x', label: 'fine' }],
      ['undo', { version: 1 }],
      ['comments', { text: 'hm' }],
    ] as const) {
      expect((await ask(`/flags/${id}/${act}`, mika, body)).status).toBe(404);
    }
    expect((await ask(`/flags/${id}`, mika)).status).toBe(404);
  });
});

async function entriesOfKinds(flagId: string): Promise<string[]> {
  return (await entriesOf(flagId)).map(({ kind }) => kind);
}

async function everythingOf(flagId: string): Promise<unknown> {
  return [
    await sql('select * from flag where id = $1', [flagId]),
    await sql('select * from flag_verdict where flag_id = $1 order by id', [flagId]),
    await sql('select * from flag_comment where flag_id = $1 order by id', [flagId]),
    await sql('select count(*) from record_entry'),
  ];
}
