import { describe, expect, it } from '@jest/globals';
import { isMeasured, keepsAim } from './eval-group.ts';
import { groups } from './groups.ts';

describe.each(groups)('the figures of $name, in their short form', (group) => {
  it('keep what is wanted of them, with slack', async () => {
    const rows = await group.measure({ isShort: true, dataFolder: null, progress: () => undefined });
    expect(rows.length).toBeGreaterThan(0);
    const missed = rows.filter((row) => isMeasured(row) && !keepsAim(row));
    expect(missed).toEqual([]);
  }, 120_000);
});
