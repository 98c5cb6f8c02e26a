import { expect, it } from '@jest/globals';
import { Doorbell } from './doorbell.ts';

const long = 60_000;

it('wakes who sleeps', async () => {
  const bell = new Doorbell();
  const waiting = bell.wait(long);
  bell.ring();
  await waiting;
});

it('does not let anybody sleep who was rung for while awake, once', async () => {
  const bell = new Doorbell();
  bell.ring();
  bell.ring();
  await bell.wait(long);

  const startedMs = performance.now();
  await bell.wait(30);
  expect(performance.now() - startedMs).toBeGreaterThan(20);
});
