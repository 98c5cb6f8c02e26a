import { rmSync } from 'node:fs';
import { stopEmbedded } from '../../../apps/api/src/platform/database/embedded/embedded-postgres.ts';

export default async function stop() {
  const folder = process.env.WATCHFLOOR_TEST_POSTGRES;
  if (folder === undefined) return;
  delete process.env.WATCHFLOOR_TEST_POSTGRES;
  await stopEmbedded(folder);
  rmSync(folder, { recursive: true, force: true });
}
