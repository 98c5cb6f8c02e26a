import { expect, test } from '@jest/globals';
import { isWhole, swarm } from '../chaos/consoles.ts';

test('P5 no console misses or doubles an entry, whatever happens to lines and server', async () => {
  const findings = await swarm({ consoles: 20, disconnects: 200, restarts: 10, seconds: 20, say: () => undefined });
  expect({ isWhole: isWhole(findings), findings }).toEqual({ isWhole: true, findings: expect.anything() as unknown });
}, 240_000);
