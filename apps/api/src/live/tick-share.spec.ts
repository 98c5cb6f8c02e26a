import { expect, it } from '@jest/globals';
import { sharedTicks, TickShare, windowMs } from './tick-share.ts';

/** Which of `streams` went through in each of `windows`, when all tick once a window in the same order. */
function goneThrough(streams: number, windows: number): boolean[][] {
  const share = new TickShare();
  return Array.from({ length: windows }, (_, window) =>
    Array.from({ length: streams }, () => share.mayGo((window + 1) * windowMs)),
  );
}

it('lets everything through on a floor of ordinary size', () => {
  expect(goneThrough(sharedTicks, 3).flat().every(Boolean)).toBe(true);
});

it('never lets more through than the bound, however many streams there are', () => {
  for (const streams of [501, 999, 1_000, 1_001, 4_321]) {
    const counts = goneThrough(streams, 8).map((window) => window.filter(Boolean).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(sharedTicks);
  }
});

it('gives every stream its turn', () => {
  const windows = goneThrough(1_700, 9).slice(1);
  const turns = Array.from({ length: 1_700 }, (_, stream) => windows.filter((window) => window[stream]).length);
  expect(new Set(turns)).toEqual(new Set([2]));
});
