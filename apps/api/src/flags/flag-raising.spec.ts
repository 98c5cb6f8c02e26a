import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Flag, Page, RecordEntry, SignalKind } from '@watchfloor/contracts';
import { flagSchema, isReadable, pageSchema } from '@watchfloor/contracts';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import type { Finding } from '../../../../test/kit/floor.ts';
import { TestFloor, unsure, until } from '../../../../test/kit/floor.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, signIn } from '../../../../test/kit/people.ts';
import { aSignal, anId, aWindow } from '../../../../test/builders/a-flag.ts';
import { RecordService } from '../record/record.service.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import { FlagSweeper } from './flag-sweeper.ts';
import { FlagsService } from './flags.service.ts';
import { maxStoredItems } from './window-flag.store.ts';

let app: TestApp;
let floor: TestFloor;
let mika: TestPerson;
let count = 0;

beforeAll(async () => {
  app = await startApp();
  floor = new TestFloor(app);
  mika = await signIn(app, ['reviewer'], 'Mika Ito');
}, 60_000);
afterAll(() => app.close());

const aStream = (changes = {}): Promise<RegisteredStream> => floor.stream(`stream-${(count += 1)}`, changes);
const found = (kind: SignalKind, changes: Partial<Finding> = {}): Finding => ({
  prediction: { label: 'fine', confidence: 0.5 },
  signals: [aSignal(kind)],
  ...changes,
});
const repeated = (number: number, kind: SignalKind = 'low-confidence'): Finding[] =>
  Array.from({ length: number }, () => found(kind, { isRepeated: true }));

async function list(query: string): Promise<Page<Flag>> {
  const answer = await call(app, `/flags?${query}`, { as: mika });
  return pageSchema(flagSchema).parse(await answer.json()) as Page<Flag>;
}
const flagsOf = async ({ name }: RegisteredStream) => (await list(`stream=${name}`)).items;
const read = async (id: string): Promise<Flag> =>
  flagSchema.parse(await (await call(app, `/flags/${id}`, { as: mika })).json());

async function entriesOf(flagId: string): Promise<RecordEntry[]> {
  const isNumbered = async (): Promise<boolean> =>
    (await floor.work.read((tx) => tx.query<unknown[]>('select from record_pending where flag_id = $1', [flagId])))
      .length === 0;
  await until('all entries have their numbers', isNumbered);
  const reader = { person: { id: anId(1) }, permissions: new Set([]) };
  const page = await app.app.get(RecordService).page({ span: { after: 0 }, filter: { flagId }, limit: 1_000, reader });
  return page.items.filter(isReadable);
}

describe('raising flags', () => {
  it('gives each finding a flag, and the record an entry with all that a queue shows', async () => {
    const stream = await aStream();
    await floor.find(stream, [found('low-confidence'), found('malformed')]);
    const flags = await flagsOf(stream);
    expect(flags.map(({ priority, signals }) => [priority, signals[0]?.kind])).toEqual([
      ['P2', 'malformed'],
      ['P3', 'low-confidence'],
    ]);
    const [entry] = await entriesOf(flags[0]?.id ?? '');
    expect(entry).toMatchObject({
      kind: 'flag-raised',
      stream: stream.name,
      actor: { kind: 'system', part: 'flags' },
      data: {
        policyVersion: 1,
        flag: {
          state: 'open',
          version: 1,
          priority: 'P2',
          subjectKind: 'prediction',
          predictionId: 'p2',
          reason: 'malformed was seen',
        },
      },
    });
  });

  it('makes one window flag of a fault that hits a thousand predictions', async () => {
    const stream = await aStream();
    for (let batch = 0; batch < 10; batch += 1) await floor.find(stream, repeated(100));
    const flags = await flagsOf(stream);
    expect(flags).toHaveLength(1);
    const flag = await read(flags[0]?.id ?? '');
    expect(flag).toMatchObject({
      priority: 'P1',
      subject: { kind: 'window', itemCount: 1_000 },
      signals: [{ kind: 'repeated' }],
    });
    expect(flag.subject.kind === 'window' && flag.subject.items).toHaveLength(100);
    expect(flag.subject.kind === 'window' && flag.subject.items[0]).toMatchObject({
      predictionId: 'p1000',
      kinds: ['low-confidence'],
    });
  });

  it('tells the record of mere growth now and then, of a changed question at once, and of all in the end', async () => {
    const stream = await aStream();
    for (let batch = 0; batch < 40; batch += 1) await floor.find(stream, repeated(5));
    const id = (await flagsOf(stream))[0]?.id ?? '';
    await floor.find(stream, repeated(1, 'small-margin'));
    await until('all growth is told', async () => lastCount(await entriesOf(id)) === 201);
    const joined = (await entriesOf(id)).flatMap((entry) => (entry.kind === 'flag-joined' ? [entry] : []));
    const changed = joined.findIndex(({ data }) => data.version === 2);
    expect(joined[changed]?.data.kinds).toEqual(['repeated', 'low-confidence', 'small-margin']);
    const pauses = joined.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(joined[index]?.at ?? at));
    expect(pauses.every((pause, index) => pause >= 499 || index + 1 === changed)).toBe(true);
    expect((await read(id)).version).toBe(2);
  });

  it('gathers what is beyond the bound in one backlog flag', async () => {
    const stream = await aStream({
      review: { leaseSeconds: 120, undoSeconds: 10, reasonRequired: false, maxOpenFlags: 5 },
    });
    await floor.findUnsure(stream, 20);
    await floor.findUnsure(stream, 20);
    const flags = await flagsOf(stream);
    expect(flags.filter(({ subject }) => subject.kind === 'prediction')).toHaveLength(5);
    const backlog = flags.filter(({ subject }) => subject.kind === 'window');
    expect(backlog).toMatchObject([{ signals: [{ kind: 'backlog', threshold: 5 }], subject: { itemCount: 35 } }]);
  });

  it('keeps flags of several streams apart, and counts what waits for each', async () => {
    const [one, two] = [await aStream(), await aStream()];
    await floor.findUnsure(one, 3);
    await floor.find(two, [found('malformed'), ...repeated(2)], [aWindow('silence')]);
    const flags = app.app.get(FlagsService);
    await until('the counts are fresh', async () => (await flags.openCounts())(two.id).P2 === 3);
    const counts = await flags.openCounts();
    expect([counts(one.id), counts(two.id), counts(-1)]).toEqual([
      { P1: 0, P2: 0, P3: 3, P4: 0 },
      { P1: 0, P2: 3, P3: 0, P4: 0 },
      { P1: 0, P2: 0, P3: 0, P4: 0 },
    ]);
  });

  it('is undone as a whole with the transaction of the lane', async () => {
    const stream = await aStream();
    const observed = {
      prediction: { stream: stream.name, id: 'a', label: 'fine' },
      position: 1,
      receivedAtMs: Date.now(),
    };
    const findings = { predictions: [{ stream, observed, signals: [unsure], isRepeated: false }], windows: [] };
    const failing = floor.work.run(async (tx) => {
      await app.app.get(FlagsService).raiseFrom(tx, findings);
      throw new Error('the lane failed');
    });
    await expect(failing).rejects.toThrow('the lane failed');
    expect(await flagsOf(stream)).toEqual([]);
  });

  it('stores a bounded number of items and counts on, the newest among them', async () => {
    const stream = await aStream();
    const batch = 2_600;
    for (let round = 0; round < 4; round += 1) {
      await floor.find(stream, repeated(batch));
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
    const id = (await flagsOf(stream))[0]?.id ?? '';
    const flag = await read(id);
    expect(flag.subject).toMatchObject({ kind: 'window', itemCount: 4 * batch });
    expect(
      flag.subject.kind === 'window' && flag.subject.items.slice(0, 2).map(({ predictionId }) => predictionId),
    ).toEqual([`p${4 * batch}`, `p${4 * batch - 1}`]);
    const rows = await floor.work.read((tx) =>
      tx.query<{ stored: number }[]>('select count(*)::int as stored from flag_item where flag_id = $1', [id]),
    );
    expect(rows).toEqual([{ stored: maxStoredItems }]);
  }, 30_000);

  it('takes hostile predictions as data', async () => {
    const stream = await aStream();
    const text = '<img src=x onerror=alert(1)>,"\u0000\ud800{}\\';
    const signals = [{ ...aSignal('rule'), reason: text.slice(0, 28), evidence: { text } }];
    await floor.find(stream, [{ prediction: { label: `'; drop table flag; --"{},`, input: { text } }, signals }]);
    const [flag] = await flagsOf(stream);
    const whole = await read(flag?.id ?? '');
    expect(whole.signals[0]?.evidence).toEqual({ text });
    expect(whole.subject).toMatchObject({ prediction: { input: { text } } });
    expect(whole.choices).toEqual([`'; drop table flag; --"{},`]);
  });
});

describe('a flag of one prediction', () => {
  it('is found by the prediction, be it its own or a window’s, with the verdicts', async () => {
    const stream = await aStream();
    await floor.find(stream, [found('low-confidence'), ...repeated(1)]);
    const service = app.app.get(FlagsService);
    const auditor = { personId: anId(1), mayDecide: false };
    const of = (position: number) => floor.work.read((tx) => service.ofPrediction(tx, stream.id, position, auditor));
    const [own, window] = [await of(1), await of(2)];
    expect(own.flag?.state).toBe('open');
    expect((await read(own.flag?.id ?? '')).subject.kind).toBe('prediction');
    expect((await read(window.flag?.id ?? '')).subject.kind).toBe('window');
    expect(await of(3)).toEqual({ flag: null, verdicts: [], audit: null, isBlind: false });
  });
});

describe('the labels that may be answered', () => {
  it('are those seen where none are declared, each with its key for good', async () => {
    const stream = await aStream();
    const scores = { toxic: 0.3, fine: 0.5, spam: 0.2 };
    await floor.find(stream, [{ prediction: { label: 'fine', scores }, signals: [unsure] }]);
    await floor.find(stream, [{ prediction: { label: 'a new one' }, signals: [unsure] }]);
    const flags = await flagsOf(stream);
    expect(flags.map(({ choices }) => choices)).toEqual([
      ['fine', 'spam', 'toxic', 'a new one'],
      ['fine', 'spam', 'toxic', 'a new one'],
    ]);
  });

  it('are those declared, and the model’s own when it is not among them', async () => {
    const stream = await aStream({ labels: ['toxic', 'fine'] });
    await floor.find(stream, [found('low-confidence'), found('malformed', { prediction: { label: 'odd' } })]);
    const choices = (await flagsOf(stream)).map((flag) => flag.choices);
    expect(choices).toEqual([
      ['toxic', 'fine', 'odd'],
      ['toxic', 'fine'],
    ]);
  });
});

describe('the list of flags', () => {
  it('comes in pages in the order of the queue, without what the model saw', async () => {
    const stream = await aStream();
    const input = { text: 'something long' };
    const kinds: SignalKind[] = ['audit-sample', 'malformed', 'low-confidence', 'malformed', 'audit-sample'];
    await floor.find(
      stream,
      kinds.map((kind) => found(kind, { prediction: { label: 'fine', input } })),
    );
    const pages: Page<Flag>[] = [await list(`stream=${stream.name}&limit=2`)];
    while (pages.at(-1)?.next !== undefined) {
      pages.push(await list(`stream=${stream.name}&limit=2&after=${pages.at(-1)?.next}`));
    }
    expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1]);
    const all = pages.flatMap(({ items }) => items);
    expect(all.map(({ priority }) => priority)).toEqual(['P2', 'P2', 'P3', 'P4', 'P4']);
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    expect(JSON.stringify(all)).not.toContain('something long');
    expect((await read(all[0]?.id ?? '')).subject).toMatchObject({ prediction: { input } });
  });

  it('is filtered by state, priority, kind and holder', async () => {
    const stream = await aStream();
    await floor.find(stream, [found('low-confidence'), found('malformed'), found('audit-sample')]);
    const of = async (query: string) =>
      (await list(`stream=${stream.name}&${query}`)).items.map(({ signals }) => signals[0]?.kind);
    const claimed = await (await call(app, '/flags/next', { as: mika, body: { stream: stream.name } })).json();
    const { flag, claim } = claimed as { flag: Flag; claim: { token: string } };
    expect(await of('mine=true')).toEqual(['malformed']);
    expect(await of('state=open')).toEqual(['low-confidence', 'audit-sample']);
    expect(await of('priority=P4')).toEqual(['audit-sample']);
    expect(await of('kind=low-confidence')).toEqual(['low-confidence']);
    const body = { version: flag.version, claim: claim.token, label: 'fine' };
    await call(app, `/flags/${flag.id}/verdict`, { as: mika, body });
    expect(await of('state=settled,lapsed')).toEqual(['malformed']);
    expect(await of('state=open,claimed,snoozed')).toEqual(['low-confidence', 'audit-sample']);
  });

  it.each([
    'state=odd',
    'state=',
    'after=nonsense',
    'after=WzEsMl0',
    'limit=0',
    'limit=201',
    'priority=P9',
    'colour=red',
  ])('refuses %s', async (query) => {
    expect((await call(app, `/flags?${query}`, { as: mika })).status).toBe(400);
  });
});

describe('the sweeper', () => {
  it('lets flags lapse that outlive their prediction, and says so in the record', async () => {
    const stream = await aStream({ retentionDays: 3 });
    await floor.find(stream, [found('low-confidence'), found('malformed')]);
    const [old, young] = await flagsOf(stream);
    await floor.work.run((tx) =>
      tx.query(`update flag set received_at = now() - interval '73 h' where id = $1`, [old?.id]),
    );
    await app.app.get(FlagSweeper).lapseOutlived();
    expect((await flagsOf(stream)).map(({ id }) => id)).toEqual([young?.id]);
    const lapsed = await read(old?.id ?? '');
    expect(lapsed).toMatchObject({ state: 'lapsed', version: 2, subject: { prediction: { id: 'p2', label: 'fine' } } });
    expect((await entriesOf(lapsed.id)).at(-1)).toMatchObject({ kind: 'flag-lapsed', data: { version: 2 } });
  });

  it('changes nothing when nothing is due', async () => {
    const entries = () => floor.work.read((tx) => tx.query<unknown[]>('select count(*) from record_entry'));
    await app.app.get(FlagSweeper).sweep();
    const before = await entries();
    await app.app.get(FlagSweeper).sweep();
    expect(await entries()).toEqual(before);
  });
});

function lastCount(entries: readonly RecordEntry[]): number {
  const last = entries.at(-1);
  return last?.kind === 'flag-joined' ? last.data.itemCount : 0;
}
