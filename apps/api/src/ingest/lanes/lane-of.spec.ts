import { expect, it } from '@jest/globals';
import { laneCount, laneOf } from './lane-of.ts';

it('a stream keeps its lane for good', () => {
  // A database lives on with these: a change here would let two owners fold one stream.
  expect(['toxicity', 'fraud-eu', 'digits', 'a', 'A', 's.1'].map(laneOf)).toEqual([0, 3, 2, 0, 3, 3]);
});

it('streams are spread over the lanes', () => {
  const counts = Array.from({ length: laneCount }, () => 0);
  for (let at = 0; at < 4_000; at += 1) counts[laneOf(`stream-${at}`)]! += 1;
  for (const count of counts) expect(count).toBeGreaterThan(800);
});
