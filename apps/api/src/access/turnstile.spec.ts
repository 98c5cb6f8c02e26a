import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { isRefusal } from '@watchfloor/contracts';
import { Turnstile } from './turnstile.ts';

it('lets so many in at once, so many wait, and refuses the rest', async () => {
  const turnstile = new Turnstile(2, 3);
  let inside = 0;
  let most = 0;
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, guest) =>
      turnstile.pass(async () => {
        most = Math.max(most, (inside += 1));
        await sleep(5);
        inside -= 1;
        return guest;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(answers.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
  expect(answers.slice(5).every(isRefusal)).toBe(true);
});

it('lets others in after somebody stumbled inside', async () => {
  const turnstile = new Turnstile(1, 0);
  await expect(turnstile.pass(() => Promise.reject(new Error('stumbled')))).rejects.toThrow('stumbled');
  expect(await turnstile.pass(async () => 'in')).toBe('in');
});
