// Names the folder of this run's PostgreSQL; the first spec that needs one starts it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopEmbedded } from '../../../apps/api/src/platform/database/embedded/embedded-postgres.ts';

const prefix = 'watchfloor-test-';

export default async function start() {
  if (process.env.WATCHFLOOR_TEST_POSTGRES !== undefined) return;
  await removeLeftOvers();
  process.env.WATCHFLOOR_TEST_POSTGRES = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** A run that was killed leaves its database behind. */
async function removeLeftOvers() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (isAlive(pid)) continue;
    await stopEmbedded(join(tmpdir(), name)).catch(() => undefined);
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
