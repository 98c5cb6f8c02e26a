import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimedFlag, Flag, Page, PolicySettings, StoredPrediction } from '@watchfloor/contracts';
import { defaultPolicy, flagSchema, storedPredictionSchema } from '@watchfloor/contracts';
import { StreamsService } from '../../apps/api/src/streams/streams.service.ts';
import { Work } from '../../apps/api/src/platform/database/work.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { until } from '../kit/floor.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let reviewer: TestPerson;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  reviewer = await signIn(app, ['reviewer'], 'Mika Ito');
}, 60_000);
afterAll(() => app.close());

async function send(items: readonly object[]): Promise<void> {
  const answer = await call(app, '/predictions', { key, body: items });
  expect([answer.status, await answer.json()]).toEqual([200, { accepted: items.length, duplicates: 0, rejected: [] }]);
}

async function flagsOf(stream: string): Promise<Flag[]> {
  const answer = await call(app, `/flags?stream=${stream}&limit=200`, { as: reviewer });
  return ((await answer.json()) as Page<unknown>).items.map((item) => flagSchema.parse(item));
}

/** A stream whose detectors need no learning: thresholds, a rule, declared labels. */
async function plainStream(name: string, changes: Partial<PolicySettings> = {}): Promise<void> {
  await send([{ stream: name, id: 'first', label: 'fine', confidence: 0.99 }]);
  const { detectors } = defaultPolicy;
  const policy = {
    ...defaultPolicy,
    labels: ['fine', 'toxic'],
    detectors: {
      ...detectors,
      'low-confidence': { ...detectors['low-confidence'], threshold: 0.45 },
      'small-margin': { ...detectors['small-margin'], threshold: 0.1 },
      'audit-sample': { enabled: false, probability: 0 },
      rule: {
        enabled: true,
        rules: [
          {
            name: 'minors',
            when: [{ field: 'segment:age', is: 'equals' as const, than: 'minor' }],
            priority: 'P1' as const,
          },
        ],
      },
    },
    ...changes,
  };
  const change = { policy, byPerson: reviewer.id };
  await app.app.get(Work).run((tx) => app.app.get(StreamsService).changePolicy(tx, name, change));
}

describe('P7 every flag carries its reason', () => {
  it('with detector, figure, threshold, policy version and evidence, for each detector of predictions', async () => {
    await plainStream('reasons');
    await send([
      { stream: 'reasons', id: 'unsure', label: 'fine', confidence: 0.4 },
      { stream: 'reasons', id: 'torn', label: 'fine', confidence: 0.51, scores: { fine: 0.51, toxic: 0.49 } },
      { stream: 'reasons', id: 'odd', label: 'purple', confidence: 0.99 },
      { stream: 'reasons', id: 'minor', label: 'fine', confidence: 0.99, segments: { age: 'minor' } },
      { stream: 'reasons', id: 'plain', label: 'fine', confidence: 0.99 },
    ]);
    const flags = await flagsOf('reasons');
    const byPrediction = new Map(
      flags.map((flag) => [flag.subject.kind === 'prediction' ? flag.subject.prediction.id : '', flag]),
    );
    expect([...byPrediction.keys()]).toEqual(['minor', 'odd', 'unsure', 'torn']);
    const kinds = (id: string) => byPrediction.get(id)?.signals.map(({ kind }) => kind);
    expect([kinds('unsure'), kinds('torn'), kinds('odd'), kinds('minor')]).toEqual([
      ['low-confidence'],
      ['small-margin'],
      ['malformed'],
      ['rule'],
    ]);
    for (const flag of flags) {
      for (const { score, threshold, reason, evidence, policyVersion } of flag.signals) {
        expect([Number.isFinite(score), Number.isFinite(threshold), policyVersion]).toEqual([true, true, 2]);
        expect(reason.length).toBeGreaterThan(10);
        expect(Object.keys(evidence).length).toBeGreaterThan(0);
      }
    }
    expect(byPrediction.get('minor')?.priority).toBe('P1');
  });

  it('also when one fault hits many predictions: a window flag with its items', async () => {
    await plainStream('faulty');
    const items = Array.from({ length: 400 }, (_, index) => ({
      stream: 'faulty',
      id: `p${index}`,
      label: 'fine',
      confidence: 0.3,
    }));
    for (let from = 0; from < items.length; from += 50) await send(items.slice(from, from + 50));
    const flags = await flagsOf('faulty');
    const windows = flags.filter(({ subject }) => subject.kind === 'window');
    expect(windows).toHaveLength(1);
    expect(flags.length).toBeLessThan(60);
    const gathered = windows.map(({ subject }) => (subject.kind === 'window' ? subject.itemCount : 0))[0] ?? 0;
    expect(gathered + flags.length - 1).toBe(400);
    expect(windows[0]?.signals[0]).toMatchObject({ kind: 'repeated', policyVersion: 2 });
  });
});

describe('a prediction', () => {
  it('shows its flag and what a person answered, from the first to the last moment', async () => {
    await plainStream('followed');
    await send([{ stream: 'followed', id: 'a', label: 'fine', confidence: 0.2, input: { text: 'you ...' } }]);
    const stored = async (): Promise<StoredPrediction> =>
      storedPredictionSchema.parse(await (await call(app, '/predictions/followed/a', { as: reviewer })).json());
    expect(await stored()).toMatchObject({
      flag: { state: 'open' },
      verdicts: [],
      signals: [{ kind: 'low-confidence' }],
    });

    const claimed = (await (
      await call(app, '/flags/next', { as: reviewer, body: { stream: 'followed' } })
    ).json()) as ClaimedFlag;
    expect(claimed.flag.subject).toMatchObject({ prediction: { id: 'a', input: { text: 'you ...' } } });
    const body = {
      version: claimed.flag.version,
      claim: claimed.claim.token,
      label: 'toxic',
      reason: 'missing-context',
    };
    expect((await call(app, `/flags/${claimed.flag.id}/verdict`, { as: reviewer, body })).status).toBe(200);
    expect(await stored()).toMatchObject({
      flag: { id: claimed.flag.id, state: 'settled' },
      verdicts: [{ verdict: 'overridden', label: 'toxic', reason: 'missing-context', by: { name: 'Mika Ito' } }],
    });
  });

  it('that was sent twice is flagged once (P2)', async () => {
    await plainStream('twice');
    const body = { stream: 'twice', id: 'a', label: 'fine', confidence: 0.2 };
    await Promise.all([1, 2, 3].map(() => call(app, '/predictions', { key, body })));
    expect(await flagsOf('twice')).toHaveLength(1);
  });
});

describe('a claim whose holder is gone', () => {
  it('is free again within the lease and five seconds', async () => {
    await plainStream('left', { review: { ...defaultPolicy.review, leaseSeconds: 10 } });
    await send([{ stream: 'left', id: 'a', label: 'fine', confidence: 0.2 }]);
    const other = await signIn(app, ['reviewer'], 'Ada Okafor');
    const claimed = (await (
      await call(app, '/flags/next', { as: reviewer, body: { stream: 'left' } })
    ).json()) as ClaimedFlag;
    const isFree = async (): Promise<boolean> =>
      (await call(app, `/flags/${claimed.flag.id}/claim`, { as: other, body: {} })).ok;
    expect(await isFree()).toBe(false);
    await until('the flag is free', isFree, 15_000);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(claimed.claim.expiresAt));
  }, 30_000);
});
