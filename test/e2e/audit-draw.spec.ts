import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPolicy, type Policy, type StoredPrediction } from '@watchfloor/contracts';
import { auditDraw, auditKey } from '@watchfloor/detection';
import { Work } from '../../apps/api/src/platform/database/work.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { call, ingestKey, signIn, type TestPerson } from '../kit/people.ts';

let app: TestApp;
let owner: TestPerson;
let key: string;

beforeAll(async () => {
  app = await startApp();
  owner = await signIn(app, ['owner', 'reviewer', 'auditor', 'administrator']);
  key = await ingestKey(app);
}, 60_000);
afterAll(() => app.close());

interface Row {
  readonly id: string;
  readonly audit_chance: number | null;
}

const sql = <R>(statement: string): Promise<R[]> => app.app.get(Work).read((tx) => tx.query<R[]>(statement));

async function send(from: number, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => ({
    stream: 'orders',
    id: `o${from + index}`,
    label: 'fine',
    confidence: 0.5 + ((from + index) % 50) / 100,
  }));
  expect((await call(app, '/predictions', { body: items, key })).status).toBe(200);
}

async function draw(probability: number): Promise<void> {
  const policy = (await (await call(app, '/streams/orders/policy', { as: owner })).json()) as Policy;
  const detectors = {
    ...policy.detectors,
    'audit-sample': { enabled: probability > 0, probability },
  };
  const answer = await call(app, '/streams/orders/policy', {
    method: 'PUT',
    as: owner,
    body: { ...policy, detectors },
  });
  expect(answer.status).toBe(200);
}

describe('the draw of the audit', () => {
  it('follows the key, and the chance that was in force is kept with every prediction, drawn or not', async () => {
    await send(0, 100);
    await draw(0.2);
    await send(100, 300);
    await draw(0);
    await send(400, 10);
    const rows = await sql<Row>('select id, audit_chance from prediction order by position');
    expect(rows.map(({ audit_chance: chance }) => chance)).toEqual([
      ...Array<number>(100).fill(defaultPolicy.detectors['audit-sample'].probability),
      ...Array<number>(300).fill(0.2),
      ...Array<null>(10).fill(null),
    ]);
    const [secret] = await sql<{ bytes: Buffer }>('select bytes from audit_key');
    const theKey = auditKey(secret!.bytes);
    const chosen = rows.filter(({ id, audit_chance: chance }) => auditDraw(theKey, 'orders', id) < (chance ?? 0));
    const flagged = await sql<{ prediction_id: string }>(
      `select prediction_id from flag where 'audit-sample' = any (kinds) order by position`,
    );
    expect(flagged.map(({ prediction_id: id }) => id)).toEqual(chosen.map(({ id }) => id));
    expect(chosen.length).toBeGreaterThan(35);
  });

  it('is in the signal with its probability; the key is in no answer of any route', async () => {
    const [{ id } = { id: '' }] = await sql<Row>(
      `select prediction_id as id from flag where 'audit-sample' = any (kinds) limit 1`,
    );
    const stored = await call(app, `/predictions/orders/${id}`, { as: owner });
    const { signals } = (await stored.json()) as StoredPrediction;
    const [secret] = await sql<{ bytes: Buffer }>('select bytes from audit_key');
    const hex = secret!.bytes.toString('hex');
    expect(signals.find(({ kind }) => kind === 'audit-sample')).toMatchObject({
      score: auditDraw(auditKey(secret!.bytes), 'orders', id),
      evidence: { hash: 'siphash-2-4' },
    });
    const paths = ['/streams', '/streams/orders', '/streams/orders/policy', '/flags', '/record', '/keys', '/auth/me'];
    for (const path of paths) {
      const text = await (await call(app, path, { as: owner })).text();
      expect(text).not.toContain(hex);
      expect(text).not.toContain(secret!.bytes.toString('base64'));
    }
  });
});
