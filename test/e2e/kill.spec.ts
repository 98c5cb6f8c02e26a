import { expect, test } from '@jest/globals';
import { isClean, killUnderLoad } from '../chaos/kill.ts';

test('P1 what was answered survives kill -9 of server and PostgreSQL, once and in order', async () => {
  const said: string[] = [];
  const findings = await killUnderLoad({ cycles: 4, clients: 4, say: (line) => said.push(line) });
  expect({ isClean: isClean(findings), findings }).toEqual({ isClean: true, findings: expect.anything() as unknown });
}, 180_000);
