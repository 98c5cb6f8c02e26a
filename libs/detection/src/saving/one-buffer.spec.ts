import { describe, expect, it } from '@jest/globals';
import { startWatch } from '../stream-watch.ts';
import { saveWatch } from '../saved-watch.ts';
import { notYet } from './grown.ts';
import { inOneBuffer } from './one-buffer.ts';

describe('arrays in one buffer', () => {
  it('hold what they held, beside each other', () => {
    const shared = { counts: Uint8Array.from([1, 2, 3]) };
    const state = {
      ring: Float64Array.from([1 / 3, -0, 5e-324]),
      parts: [shared],
      shared,
      later: notYet.uint16,
      name: 'a',
    };
    inOneBuffer(state);
    expect(state.ring).toEqual(Float64Array.from([1 / 3, -0, 5e-324]));
    expect(shared.counts).toEqual(Uint8Array.from([1, 2, 3]));
    expect(state.later).toBe(notYet.uint16);
    expect(state.ring.buffer).toBe(shared.counts.buffer);
    expect(state.ring.buffer.byteLength).toBe(32);
    shared.counts.fill(255);
    expect(state.ring[0]).toBe(1 / 3);
  });

  it('are not shared between watches', () => {
    const one = startWatch();
    const other = startWatch();
    const before = saveWatch(other);
    one.arrivals.gaps.fill(9);
    expect(saveWatch(other)).toEqual(before);
  });
});
