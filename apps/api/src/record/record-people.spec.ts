import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, RecordPerson } from '@watchfloor/contracts';
import { pageSchema, recordPersonSchema } from '@watchfloor/contracts';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import { until } from '../../../../test/kit/floor.ts';
import type { TestPerson } from '../../../../test/kit/people.ts';
import { call, signIn } from '../../../../test/kit/people.ts';
import { PeopleService } from '../access/people.service.ts';
import { Work } from '../platform/database/work.ts';
import type { EntryDraft } from './entry-draft.ts';
import { RecordService } from './record.service.ts';

let app: TestApp;
let auditor: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  app = await startApp();
  auditor = await signIn(app, ['auditor'], 'Zoe Auditor');
  reviewer = await signIn(app, ['reviewer'], 'mika Reviewer');
  const others = await Promise.all(['Ben Decider', 'ada Decider'].map((name) => signIn(app, ['reviewer'], name)));
  await signIn(app, ['reviewer'], 'Cleo Came-In-Only');
  const nobody = { email: 'nils@watchfloor.test', name: 'Nils Nothing', roles: ['reviewer'] } as const;
  await app.app.get(PeopleService).add(nobody, { kind: 'system', part: 'test' });
  const record = app.app.get(RecordService);
  await app.app.get(Work).run((tx) => record.append(tx, [...others, reviewer].map(skipped)));
  // Entries are numbered in their order: the last one that is waited for is the last one there is.
  await until('all is numbered', async () => (await page(reviewer)).items.length >= 3);
}, 60_000);
afterAll(() => app.close());

const skipped = (by: TestPerson): EntryDraft => ({
  kind: 'flag-skipped',
  stream: 'sums',
  flagId: null,
  actor: { kind: 'person', id: by.id },
  data: { version: 1 },
});

async function page(as: TestPerson, query = ''): Promise<Page<RecordPerson>> {
  const answer = await call(app, `/record/people${query}`, { as });
  expect(answer.status).toBe(200);
  return pageSchema(recordPersonSchema).parse(await answer.json()) as Page<RecordPerson>;
}

describe('people of the record', () => {
  it('are those who did something that the reader may see, by name', async () => {
    const names = async (as: TestPerson) => (await page(as)).items.map(({ name }) => name);
    expect(await names(reviewer)).toEqual(['ada Decider', 'Ben Decider', 'mika Reviewer']);
    expect(await names(auditor)).toEqual([
      'ada Decider',
      'Ben Decider',
      'Cleo Came-In-Only',
      'mika Reviewer',
      'Zoe Auditor',
    ]);
  });

  it('come page by page, each once', async () => {
    const first = await page(auditor, '?limit=3');
    const second = await page(auditor, `?limit=3&after=${first.next}`);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(
      (await page(auditor)).items.map(({ name }) => name),
    );
    expect(second.next).toBeUndefined();
    expect((await call(app, '/record/people?after=x', { as: auditor })).status).toBe(400);
  });

  it('are for nobody who is not signed in', async () => {
    expect((await call(app, '/record/people')).status).toBe(401);
  });
});
