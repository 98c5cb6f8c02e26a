import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimedFlag, Flag, Page, Policy, RecordPage, Role } from '@watchfloor/contracts';
import { claimedFlagSchema, flagSchema, isReadable, liveNamespace, roles, routes } from '@watchfloor/contracts';
import { io, type Socket } from 'socket.io-client';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import { call, ingestKey, signIn, type TestPerson } from '../kit/people.ts';

/** Nothing that these texts are part of may reach whoever could take the second look. */
const secrets = {
  price: ['777.125', '0.9137', '701.5', '888.25', '555.5', 'NOTE-ON-price', 'COMMENT-ON-price'],
  animals: ['"bee"', '"cat"', '0.8642', 'NOTE-ON-animals', 'COMMENT-ON-animals'],
} as const;
const labels = ['ant', 'bee', 'cat', 'dog'];

let app: TestApp;
let key: string;
let owner: TestPerson;
let first: TestPerson;
/** Whoever holds every role there is can still take the second look, and so is blind. */
let second: TestPerson;
let auditor: TestPerson;
const sockets: Socket[] = [];

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  owner = await signIn(app, ['owner']);
  first = await signIn(app, ['reviewer'], 'First Person');
  second = await signIn(app, [...roles] as Role[], 'Second Person');
  auditor = await signIn(app, ['auditor'], 'Auditor');
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await app.close();
});

async function ask<Answer>(path: string, as: TestPerson, body?: unknown): Promise<Answer> {
  const answer = await call(app, path, { as, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** A stream all of which is drawn for the audit. */
async function aDrawnStream(stream: string, declared: readonly string[], prediction: object): Promise<void> {
  await call(app, '/predictions', { key, body: { stream, id: 'before', ...prediction } });
  const policy = await ask<Policy>(`/streams/${stream}/policy`, owner);
  const detectors = {
    ...policy.detectors,
    'low-confidence': { ...policy.detectors['low-confidence'], threshold: 0.95 },
    'audit-sample': { enabled: true, probability: 1 },
  };
  const review = { ...policy.review, undoSeconds: 300, reasonRequired: true };
  const answer = await call(app, `/streams/${stream}/policy`, {
    method: 'PUT',
    as: owner,
    body: { ...policy, labels: declared, detectors, review },
  });
  expect(answer.status).toBe(200);
}

async function claimOf(stream: string, prediction: string, as: TestPerson): Promise<ClaimedFlag> {
  const { items } = await ask<Page<Flag>>(`/flags?stream=${stream}&limit=200`, as);
  const flag = items.find(({ subject }) => subject.kind === 'prediction' && subject.prediction.id === prediction);
  return claimedFlagSchema.parse(await ask(`/flags/${flag?.id}/claim`, as, {}));
}

interface Told {
  readonly event: string;
  readonly payload: unknown;
}

/** All that the live socket says to somebody, from now on. */
async function listen(as: TestPerson): Promise<Told[]> {
  const told: Told[] = [];
  const socket = io(app.url + liveNamespace, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie: as.cookie },
  });
  sockets.push(socket);
  socket.onAny((event: string, payload: unknown) => told.push({ event, payload }));
  await new Promise((resolve) => socket.once('hello', resolve));
  await socket.timeout(5_000).emitWithAck('subscribe', { streams: ['*'] });
  return told;
}

/** Every answer that the routes have for somebody, filled in with what there is: the routes of tomorrow, too. */
async function everyAnswer(as: TestPerson, known: Known): Promise<{ path: string; text: string }[]> {
  const { stream, flagIds, predictionIds, head } = known;
  const fillings: Readonly<Record<string, readonly string[]>> = {
    stream: [stream],
    number: Array.from({ length: head }, (_, index) => String(index + 1)),
  };
  const answers: { path: string; text: string }[] = [];
  const read = async (path: string, body?: unknown) => {
    const answer = await call(app, path, { as, body });
    answers.push({ path, text: `${answer.status} ${await answer.text()}` });
  };
  for (const { method, path } of Object.values(routes)) {
    if (method !== 'GET') continue;
    const ids = path.startsWith('/flags') ? flagIds : predictionIds;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const filled = names.reduce<string[]>(
      (paths, name) =>
        paths.flatMap((each) => (fillings[name] ?? ids).map((value) => each.replace(`{${name}}`, value))),
      [path],
    );
    for (const each of filled) await read(each);
  }
  const states = 'open,claimed,snoozed,settled,lapsed,withdrawn';
  const queries = [
    `/flags?state=${states}&limit=200`,
    `/flags?state=${states}&kind=low-confidence`,
    `/flags?state=${states}&kind=audit-sample`,
    `/flags?state=${states}&stream=${stream}`,
    '/flags?mine=true',
    '/record?after=0&limit=1000',
    '/record?verdict=overridden&limit=1000',
    '/record?reason=wrong-class&limit=1000',
    `/record?personId=${first.id}&limit=1000`,
    `/record?stream=${stream}&limit=1000`,
    '/record?kind=flag-settled,flag-raised,verdict-superseded&limit=1000',
    ...flagIds.map((id) => `/record?flagId=${id}&limit=1000`),
    `/streams/${stream}/predictions?limit=500`,
    `/streams/${stream}/minutes`,
  ];
  for (const path of queries) await read(path);
  for (const format of ['csv', 'jsonl'] as const) await read('/record/export', { format });
  return answers;
}

interface Known {
  readonly stream: string;
  readonly flagIds: readonly string[];
  readonly predictionIds: readonly string[];
  readonly head: number;
}

/** A payload without the lists of what may be answered, in which every label stands. */
function withoutChoices(text: string): string {
  return text.replace(/"(choices|labels)":\[[^\]]*\]/g, '');
}

function leaksIn(texts: readonly { path: string; text: string }[], words: readonly string[]): string[] {
  return texts.flatMap(({ path, text }) =>
    words.filter((word) => withoutChoices(text).includes(word)).map((word) => `${path}: ${word}`),
  );
}

/** The first person overrides the model, in every way in which that can be told. */
async function overrideFirst(stream: string, prediction: string, answer: object): Promise<ClaimedFlag> {
  const claimed = await claimOf(stream, prediction, first);
  const { id } = claimed.flag;
  const commented = await ask<Flag>(`/flags/${id}/comments`, first, { text: `COMMENT-ON-${stream}` });
  await ask(`/flags/${id}/verdict`, first, {
    version: commented.version,
    claim: claimed.claim.token,
    reason: 'wrong-class',
    note: `NOTE-ON-${stream}`,
    ...answer,
  });
  return claimed;
}

describe.each([
  {
    stream: 'price',
    declared: [],
    model: { value: 777.125, confidence: 0.9137, interval: [701.5, 888.25] },
    firstAnswer: { value: 555.5 },
    secondAnswer: { value: 777.5 },
    isError: false,
  },
  {
    stream: 'animals',
    declared: labels,
    model: { label: 'bee', confidence: 0.8642, scores: { bee: 0.8642, cat: 0.1 } },
    firstAnswer: { label: 'cat' },
    secondAnswer: { label: 'dog' },
    isError: true,
  },
] as const)('a second look on $stream', ({ stream, declared, model, firstAnswer, secondAnswer, isError }) => {
  const words = secrets[stream];
  const evidence = { features: { size: 3 }, segments: { country: 'SE' }, input: { text: 'THE-EVIDENCE' } };
  let told: Told[];
  let toldAuditor: Told[];
  let known: Known;
  let secondLook: Flag;

  const recordOf = async (as: TestPerson) => (await ask<RecordPage>('/record?after=0&limit=1000', as)).items;

  beforeAll(async () => {
    const plain = 'label' in model ? { label: 'ant', confidence: 0.99 } : { value: 1, confidence: 0.99 };
    await aDrawnStream(stream, declared, plain);
    told = await listen(second);
    toldAuditor = await listen(auditor);
    await call(app, '/predictions', { key, body: { stream, id: 'case', ...model, ...evidence } });
    const claimed = await overrideFirst(stream, 'case', firstAnswer);
    const { items } = await ask<Page<Flag>>(`/flags?stream=${stream}&kind=second-look`, first);
    secondLook = flagSchema.parse(items[0]);
    await until('every entry has its number', async () =>
      (await recordOf(auditor)).some(
        (entry) => isReadable(entry) && entry.kind === 'flag-raised' && entry.flagId === secondLook.id,
      ),
    );
    const head = (await recordOf(auditor)).length;
    known = { stream, flagIds: [claimed.flag.id, secondLook.id], predictionIds: ['case'], head };
  }, 60_000);

  it('is for anybody but whoever gave the first answer, who sees it wait', async () => {
    expect(secondLook).toMatchObject({ state: 'open', secondLookOf: known.flagIds[0], dueAt: expect.any(String) });
    const refused = await call(app, `/flags/${secondLook.id}/claim`, { as: first, body: {} });
    expect(await refused.json()).toMatchObject({ status: 409, refused: 'not-blind' });
    expect((await call(app, '/flags/next', { as: first, body: { stream } })).status).toBe(204);
    const mine = await ask<Flag>(`/flags/${known.flagIds[0]}`, first);
    expect(mine.audit).toEqual({ state: 'second-look', secondLookId: secondLook.id });
    expect(mine.verdicts).toHaveLength(1);
  });

  it('while it is open, no answer of any route holds what the model or the first person said', async () => {
    const answers = await everyAnswer(second, known);
    expect(answers.length).toBeGreaterThan(30);
    expect(leaksIn(answers, words)).toEqual([]);
    // The evidence itself is there, and the same routes do tell those who could not answer.
    expect(answers.some(({ text }) => text.includes('THE-EVIDENCE'))).toBe(true);
    const seen = await everyAnswer(auditor, known);
    const leaked = leaksIn(seen, words).join('\n');
    for (const word of words.filter((each) => !each.startsWith('NOTE') && !each.startsWith('COMMENT'))) {
      expect(leaked).toContain(word);
    }
  });

  it('nor does the live socket, in entries or ticks', async () => {
    told.length = 0;
    toldAuditor.length = 0;
    await ask(`/flags/${known.flagIds[0]}/comments`, first, { text: `COMMENT-ON-${stream} again` });
    await call(app, '/predictions', {
      key,
      body: { stream, id: 'later', ...('label' in model ? { label: 'ant' } : { value: 2 }) },
    });
    await until('a tick has come', () => told.some(({ event }) => event === 'tick'));
    const numbers = (some: Told[]) =>
      some.flatMap(({ event, payload }) => (event === 'entry' ? [(payload as { number: number }).number] : []));
    await until(
      'both were told the same entries',
      () => numbers(told).length >= 2 && numbers(told).join() === numbers(toldAuditor).join(),
    );
    const text = JSON.stringify(told);
    for (const word of words) expect(text).not.toContain(word);
    expect(told.filter(({ event, payload }) => event === 'entry' && !isReadable(payload as never))).toHaveLength(1);
  });

  it('is handed out with its evidence and the choices, and nothing else', async () => {
    const claimed = claimedFlagSchema.parse(await ask('/flags/next', second, { stream }));
    expect(claimed.flag.id).toBe(secondLook.id);
    expect(leaksIn([{ path: 'claim', text: JSON.stringify(claimed) }], words)).toEqual([]);
    expect(claimed.flag).toMatchObject({
      isBlind: true,
      choices: declared,
      verdicts: [],
      comments: [],
      signals: [{ kind: 'second-look' }],
      subject: { prediction: { id: 'case', ...evidence } },
    });
    const held = { version: claimed.flag.version, claim: claimed.claim.token };
    const bare = await call(app, `/flags/${secondLook.id}/verdict`, {
      as: second,
      body: { ...held, verdict: 'confirmed' },
    });
    expect(await bare.json()).toMatchObject({ refused: 'unfit-answer' });
    const hint = await call(app, `/flags/${secondLook.id}/comments`, { as: first, body: { text: 'a hint' } });
    expect(hint.status).toBe(409);
    // The stream asks for the reason of an override: here that question would say what the model said.
    const answered = await ask<Flag>(`/flags/${secondLook.id}/verdict`, second, { ...held, ...secondAnswer });
    expect(answered).toMatchObject({ state: 'settled', verdicts: [{ verdict: isError ? 'overridden' : 'confirmed' }] });
    expect(answered.isBlind).toBeUndefined();
    expect(answered.undoUntil).toBeUndefined();
  });

  it('after the answer everything is visible again, and the record says how it ended', async () => {
    const one = flagSchema.parse(await ask(`/flags/${known.flagIds[0]}`, second));
    expect(one.audit).toMatchObject({ state: 'adjudicated', by: 'second', isError, secondLookId: secondLook.id });
    expect(one.subject).toMatchObject({ prediction: model });
    expect(one.verdicts).toMatchObject([{ verdict: 'overridden', ...firstAnswer, note: `NOTE-ON-${stream}` }]);
    await until('the end is numbered', async () =>
      (await recordOf(auditor)).some(
        (entry) => isReadable(entry) && entry.kind === 'audit-adjudicated' && entry.stream === stream,
      ),
    );
    const entries = (await recordOf(second)).filter(isReadable).filter((entry) => entry.stream === stream);
    expect(entries.map(({ kind, flagId }) => [kind, known.flagIds.indexOf(flagId ?? '')])).toEqual(
      expect.arrayContaining([
        ['flag-settled', 0],
        ['flag-raised', 1],
        ['flag-settled', 1],
        ['audit-adjudicated', 0],
      ]),
    );
    expect(entries.find(({ kind }) => kind === 'audit-adjudicated')?.data).toMatchObject({
      predictionId: 'case',
      position: 2,
      probability: 1,
      modelConfidence: model.confidence,
      isError,
      by: 'second',
      secondLookId: secondLook.id,
      verdictId: one.verdicts[0]?.id,
    });
  });

  it('cannot be taken back or changed: its author knows the other answers by now', async () => {
    const { version } = await ask<Flag>(`/flags/${secondLook.id}`, second);
    const undone = await call(app, `/flags/${secondLook.id}/undo`, { as: second, body: { version } });
    expect(await undone.json()).toMatchObject({ refused: 'too-late-to-undo' });
    const anew = await call(app, `/flags/${secondLook.id}/verdict`, { as: second, body: { version, ...firstAnswer } });
    expect(await anew.json()).toMatchObject({ refused: 'already-settled' });
    const one = await ask<Flag>(`/flags/${known.flagIds[0]}`, first);
    const early = await call(app, `/flags/${one.id}/undo`, { as: first, body: { version: one.version } });
    expect(await early.json()).toMatchObject({ refused: 'too-late-to-undo' });
  });
});
