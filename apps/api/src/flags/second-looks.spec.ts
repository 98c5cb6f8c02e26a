import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimedFlag, Flag, Page, Problem, RecordEntry, RecordPage, Signal } from '@watchfloor/contracts';
import { claimedFlagSchema, flagSchema, isReadable } from '@watchfloor/contracts';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import { TestFloor, until } from '../../../../test/kit/floor.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, ingestKey, signIn } from '../../../../test/kit/people.ts';
import { Work } from '../platform/database/work.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import { FlagSweeper } from './flag-sweeper.ts';

let app: TestApp;
let floor: TestFloor;
let key: string;
let mika: TestPerson;
let ada: TestPerson;
let auditor: TestPerson;
let count = 0;

beforeAll(async () => {
  app = await startApp();
  floor = new TestFloor(app);
  key = await ingestKey(app);
  mika = await signIn(app, ['reviewer'], 'Mika Ito');
  ada = await signIn(app, ['reviewer', 'supervisor'], 'Ada Okafor');
  auditor = await signIn(app, ['auditor'], 'Asta');
}, 60_000);
afterAll(() => app.close());

const drawn: Signal = {
  kind: 'audit-sample',
  score: 0.004,
  threshold: 0.01,
  reason: 'Drawn by chance',
  evidence: { probability: 0.01, draw: 0.004, hash: 'siphash-2-4' },
  policyVersion: 1,
};

/** A flag on a prediction that chance drew, claimed; the model said `fine`. */
async function aDrawnFlag(by: TestPerson = mika): Promise<{ stream: RegisteredStream; claimed: ClaimedFlag }> {
  count += 1;
  const stream = await floor.stream(`stream-${count}`, { labels: ['fine', 'toxic', 'odd'] });
  await floor.find(stream, [{ prediction: { label: 'fine', confidence: 0.97 }, signals: [drawn] }]);
  return { stream, claimed: await next(by, stream) };
}

async function ask(path: string, as: TestPerson, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await call(app, path, { as, body });
  return { status: answer.status, body: answer.status === 204 ? undefined : await answer.json() };
}

const next = async (as: TestPerson, { name }: RegisteredStream): Promise<ClaimedFlag> =>
  claimedFlagSchema.parse((await ask('/flags/next', as, { stream: name })).body);
const read = async (id: string, as = auditor): Promise<Flag> => flagSchema.parse((await ask(`/flags/${id}`, as)).body);
const held = ({ flag, claim }: ClaimedFlag) => ({ version: flag.version, claim: claim.token });
const refusal = ({ body }: { body: unknown }): unknown => (body as Problem).refused;
const sql = <Row>(statement: string, parameters: unknown[] = []): Promise<Row[]> =>
  app.app.get(Work).run((tx) => tx.query<Row[]>(statement, parameters));

async function answer(claimed: ClaimedFlag, as: TestPerson, label: string): Promise<Flag> {
  const { status, body } = await ask(`/flags/${claimed.flag.id}/verdict`, as, { ...held(claimed), label });
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return flagSchema.parse(body);
}

async function secondLookOf(stream: RegisteredStream, state = 'open,claimed'): Promise<Flag> {
  const path = `/flags?stream=${stream.name}&kind=second-look&state=${state}`;
  const { items } = (await ask(path, auditor)).body as Page<unknown>;
  return flagSchema.parse(items[0]);
}

/** As if so many seconds had gone by. */
async function pass(flagId: string, seconds: number): Promise<void> {
  const ago = `$2::int * interval '1 s'`;
  await sql(
    `with verdict as (
       update flag_verdict set at = at - ${ago}, undo_until = undo_until - ${ago} where flag_id = $1
     ), audit as (
       update flag_audit set final_at = final_at - ${ago} where flag_id = $1
     )
     update flag set closed_at = closed_at - ${ago}, due_at = due_at - ${ago} where id = $1 or second_look_of = $1`,
    [flagId, seconds],
  );
  await app.app.get(FlagSweeper).sweep();
}

async function entries(stream: RegisteredStream): Promise<RecordEntry[]> {
  await until(
    'all entries have their numbers',
    async () => (await sql('select from record_pending limit 1')).length === 0,
  );
  const { body } = await ask(`/record?stream=${stream.name}&limit=1000`, auditor);
  return (body as RecordPage).items.filter(isReadable);
}

const endings = async (stream: RegisteredStream) =>
  (await entries(stream)).flatMap((entry) => (entry.kind === 'audit-adjudicated' ? [entry] : []));

describe('the audit of a drawn prediction', () => {
  it('ends with the first answer when that confirms the model, once it can no longer be taken back', async () => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'fine');
    await app.app.get(FlagSweeper).sweep();
    expect((await read(claimed.flag.id)).audit).toEqual({ state: 'first-look' });
    await pass(claimed.flag.id, 11);
    expect((await read(claimed.flag.id)).audit).toMatchObject({ state: 'adjudicated', by: 'first', isError: false });
    await pass(claimed.flag.id, 11);
    expect((await endings(stream)).map(({ data, actor, flagId }) => [flagId, actor, data])).toEqual([
      [
        claimed.flag.id,
        { kind: 'system', part: 'flags' },
        {
          predictionId: 'p1',
          position: 1,
          probability: 0.01,
          draw: 0.004,
          modelConfidence: 0.97,
          isError: false,
          by: 'first',
          verdictId: (await read(claimed.flag.id)).verdicts[0]?.id,
        },
      ],
    ]);
  });

  it('is the first person’s to undo: the confirmation counts for nothing then, and an override after it is looked at twice', async () => {
    const { stream, claimed } = await aDrawnFlag();
    const { version } = await answer(claimed, mika, 'fine');
    const undone = claimedFlagSchema.parse((await ask(`/flags/${claimed.flag.id}/undo`, mika, { version })).body);
    await pass(claimed.flag.id, 11);
    expect(await endings(stream)).toEqual([]);
    await answer(undone, mika, 'toxic');
    expect(await secondLookOf(stream)).toMatchObject({ state: 'open', priority: 'P3' });
  });

  it.each([
    ['is an error when a second person disagrees with the model, with whatever answer', 'odd', true],
    ['is none when a second person agrees with the model', 'fine', false],
  ])('%s', async (_what, label, isError) => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'toxic');
    const second = await next(ada, stream);
    expect(second.flag.subject).toMatchObject({ prediction: { id: 'p1' } });
    await answer(second, ada, label);
    expect((await read(claimed.flag.id)).audit).toMatchObject({ state: 'adjudicated', by: 'second', isError });
    expect((await endings(stream)).map(({ data }) => [data.isError, data.by])).toEqual([[isError, 'second']]);
    expect((await ask('/flags/next', ada, { stream: stream.name })).status).toBe(204);
  });

  it('is for nobody who has had the first flag in hand', async () => {
    const { stream, claimed } = await aDrawnFlag(ada);
    await ask(`/flags/${claimed.flag.id}/skip`, ada, held(claimed));
    await answer(await next(mika, stream), mika, 'toxic');
    expect((await ask('/flags/next', ada, { stream: stream.name })).status).toBe(204);
    const { id } = await secondLookOf(stream);
    expect(refusal(await ask(`/flags/${id}/claim`, ada, {}))).toBe('not-blind');
    const { version } = await read(id);
    expect(refusal(await ask(`/flags/${id}/escalate`, ada, { version, reason: 'it is toxic' }))).toBe('not-blind');
    const blind = await read(claimed.flag.id, ada);
    expect([blind.isBlind, blind.verdicts.length]).toEqual([undefined, 1]);
  });

  it('withdraws the second look when the first answer is taken back, even out of somebody’s hands', async () => {
    const { stream, claimed } = await aDrawnFlag();
    const { version } = await answer(claimed, mika, 'toxic');
    const second = await next(ada, stream);
    const undone = await ask(`/flags/${claimed.flag.id}/undo`, mika, { version });
    expect(undone.status).toBe(200);
    const late = await ask(`/flags/${second.flag.id}/verdict`, ada, { ...held(second), label: 'odd' });
    expect([late.status, refusal(late)]).toEqual([409, 'withdrawn']);
    expect(await read(second.flag.id)).toMatchObject({ state: 'withdrawn' });
    expect((await read(claimed.flag.id, ada)).isBlind).toBeUndefined();
    expect((await entries(stream)).map(({ kind }) => kind).slice(-3)).toEqual([
      'flag-claimed',
      'verdict-undone',
      'flag-withdrawn',
    ]);
    // And a new one is raised when the flag is overridden after all.
    await answer(claimedFlagSchema.parse(undone.body), mika, 'odd');
    expect((await secondLookOf(stream)).id).not.toBe(second.flag.id);
    expect(await endings(stream)).toEqual([]);
  });

  it('withdraws the second look when its author corrects the first answer to what the model said', async () => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'toxic');
    await pass(claimed.flag.id, 11);
    const { version } = await read(claimed.flag.id);
    const meddled = await ask(`/flags/${claimed.flag.id}/verdict`, ada, { version, label: 'fine' });
    expect([meddled.status, refusal(meddled)]).toEqual([409, 'not-yet-possible']);
    await ask(`/flags/${claimed.flag.id}/verdict`, mika, { version, label: 'fine' });
    expect(await secondLookOf(stream, 'withdrawn')).toMatchObject({ secondLookOf: claimed.flag.id });
    expect((await endings(stream)).map(({ data }) => [data.isError, data.by])).toEqual([[false, 'first']]);
  });

  it('keeps the second look when its author corrects the first answer to another override', async () => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'toxic');
    const { id } = await secondLookOf(stream);
    await pass(claimed.flag.id, 11);
    const { version } = await read(claimed.flag.id);
    const corrected = await ask(`/flags/${claimed.flag.id}/verdict`, mika, { version, label: 'odd' });
    expect(corrected.status).toBe(200);
    expect((await secondLookOf(stream)).id).toBe(id);
    const told = (await entries(stream)).filter(({ kind }) => kind === 'verdict-superseded');
    expect(told.map(({ data }) => data)).toMatchObject([{ label: 'odd' }]);
    const { body } = await ask(`/record/${told[0]?.number}`, ada);
    expect(body).toEqual({ number: told[0]?.number });
  });

  it('lapses when nobody takes the second look in time: that counts as an error', async () => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'toxic');
    const { id, dueAt } = await secondLookOf(stream);
    expect(Date.parse(dueAt ?? '') - Date.now()).toBeGreaterThan(71 * 3_600_000);
    await pass(claimed.flag.id, 72 * 3_600 + 1);
    expect(await read(id)).toMatchObject({ state: 'lapsed' });
    expect((await endings(stream)).map(({ data }) => [data.isError, data.by, data.secondLookId])).toEqual([
      [true, 'nobody', id],
    ]);
    expect((await read(claimed.flag.id, ada)).verdicts).toHaveLength(1);
  });

  it.each([
    ['toxic', true],
    ['fine', false],
  ])('ends at once when the truth comes: %s', async (label, isError) => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'toxic');
    const { id } = await secondLookOf(stream);
    await sql(
      `insert into prediction_key (stream_id, id, position, received_at)
       select stream_id, id, position, received_at from prediction where stream_id = $1`,
      [stream.id],
    );
    const body = { stream: stream.name, id: 'p1', label };
    expect(await (await call(app, '/outcomes', { key, body })).json()).toMatchObject({ accepted: 1 });
    expect(await read(id)).toMatchObject({ state: 'withdrawn' });
    expect((await endings(stream)).map(({ data }) => [data.isError, data.by])).toEqual([[isError, 'outcome']]);
  });

  it('stays as it ended, whoever answers the first flag anew later', async () => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'fine');
    await pass(claimed.flag.id, 11);
    const { version } = await read(claimed.flag.id);
    expect((await ask(`/flags/${claimed.flag.id}/verdict`, ada, { version, label: 'toxic' })).status).toBe(200);
    expect((await endings(stream)).map(({ data }) => [data.isError, data.by])).toEqual([[false, 'first']]);
  });

  it('takes the answer that stood when it was replaced before the sweep', async () => {
    const { stream, claimed } = await aDrawnFlag();
    await answer(claimed, mika, 'fine');
    // Past the time to undo, and nobody has swept yet.
    await sql(`update flag_verdict set undo_until = now() - interval '1 ms' where flag_id = $1`, [claimed.flag.id]);
    await sql(`update flag_audit set final_at = now() + interval '1 hour' where flag_id = $1`, [claimed.flag.id]);
    const { version } = await read(claimed.flag.id);
    expect((await ask(`/flags/${claimed.flag.id}/verdict`, ada, { version, label: 'toxic' })).status).toBe(200);
    expect((await endings(stream)).map(({ data }) => [data.isError, data.by])).toEqual([[false, 'first']]);
  });

  it('ends once, whoever is faster: the second answer or the taking back of the first', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { stream, claimed } = await aDrawnFlag();
      const { version } = await answer(claimed, mika, 'toxic');
      const second = await next(ada, stream);
      const [undo, verdict] = await Promise.all([
        ask(`/flags/${claimed.flag.id}/undo`, mika, { version }),
        ask(`/flags/${second.flag.id}/verdict`, ada, { ...held(second), label: 'odd' }),
      ]);
      expect([undo.status, verdict.status].sort()).toEqual([200, 409]);
      expect(await endings(stream)).toHaveLength(verdict.status === 200 ? 1 : 0);
    }
  });
});
