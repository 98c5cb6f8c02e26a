import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IngestReport } from '@watchfloor/contracts';
import { problemSchema } from '@watchfloor/contracts';
import { request } from 'undici';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { ingestKey } from '../kit/people.ts';
import { Work } from '../../apps/api/src/platform/database/work.ts';
import { oddBodies } from './ingest/malformed-bodies.ts';
import type { OddBody } from './ingest/odd-body.ts';

const bodies = oddBodies();
let app: TestApp;
let key: string;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
}, 60_000);
afterAll(() => app.close());

async function send({ headers, body }: OddBody): Promise<{ status: number; type: string; answer: unknown }> {
  const answer = await request(`${app.url}/api/v1/predictions`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${key}` },
    body,
  });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    answer: await answer.body.json(),
  };
}

describe('P3: one bad item never costs a good one', () => {
  it('is tried with at least 200 bodies', () => {
    expect(bodies.length).toBeGreaterThanOrEqual(200);
  });

  it.each(bodies.map((body) => [body.name, body] as const))('%s', async (_name, odd) => {
    const { status, type, answer } = await send(odd);

    expect({ status, answer }).toEqual({ status: odd.status, answer: expect.anything() as unknown });
    if (status !== 200) {
      expect(type).toMatch(/^application\/problem\+json/);
      expect(problemSchema.safeParse(answer).success).toBe(true);
    }
    const { accepted, rejected } = answer as Partial<IngestReport>;
    if (odd.good !== undefined) expect(accepted).toBe(odd.good.length);
    if (odd.pointer !== undefined && (status === 200 || status === 422)) {
      expect(rejected).toHaveLength(1);
      expect(rejected?.[0]).toMatchObject({
        index: odd.good === undefined ? 0 : 1,
        reason: expect.stringMatching(/\S/) as unknown,
      });
      expect(rejected?.[0]?.pointer.startsWith(odd.pointer)).toBe(true);
    }
  });

  it('leaves exactly the good items in the database, and the server well', async () => {
    const good = bodies.flatMap((body) => body.good ?? []).sort();
    const rows = await app.app.get(Work).read((tx) => tx.query<{ id: string }[]>('select id from prediction'));

    expect(rows.map(({ id }) => id).sort()).toEqual(good);
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});
