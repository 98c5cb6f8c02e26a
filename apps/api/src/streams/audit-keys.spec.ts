import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditDraw } from '@watchfloor/detection';
import type { TestDatabase } from '../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../test/kit/database.ts';
import { AuditKeys } from './audit-keys.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await database.query('delete from audit_key');
});
afterAll(() => database.close());

async function started(): Promise<AuditKeys> {
  const keys = new AuditKeys(database.work);
  await keys.onModuleInit();
  return keys;
}

describe('the secret behind the draws', () => {
  it('is made once, whoever starts first, and stays', async () => {
    const together = await Promise.all([started(), started(), started()]);
    const later = await started();
    const draws = [...together, later].map(({ key }) => auditDraw(key, 'toxicity', 'p1'));
    expect(new Set(draws).size).toBe(1);
    const rows = await database.query<{ bytes: Buffer }>('select bytes from audit_key');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.bytes).toHaveLength(16);
  });

  it('differs from installation to installation', async () => {
    const { key } = await started();
    await database.query('delete from audit_key');
    expect((await started()).key).not.toEqual(key);
  });

  it('is not to be had before the server has started', () => {
    expect(() => new AuditKeys(database.work).key).toThrow('not read yet');
  });
});
