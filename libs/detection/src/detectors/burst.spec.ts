import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, streamStartMs } from '../../../../test/builders/a-stream.ts';
import { startWatch } from '../stream-watch.ts';
import { watchPrediction } from '../watch-prediction.ts';
import type { Finding } from '../finding.ts';

const settings = only('burst', { factor: 5, atLeastPerMinute: 60 });

/** Findings of a stream with so many predictions in each minute, evenly spread. */
function minutes(counts: readonly number[]): { minute: number; nth: number; finding: Finding }[] {
  const watch = startWatch();
  let position = 0;
  return counts.flatMap((count, minute) =>
    Array.from({ length: count }, (_, nth) => {
      const receivedAtMs = streamStartMs + minute * 60_000 + Math.floor((nth * 60_000) / count);
      const prediction = { stream: 'toxicity', id: `p${++position}`, label: 'fine' };
      return { minute, nth, finding: watchPrediction(watch, { prediction, position, receivedAtMs }, settings) };
    }),
  );
}

function bursts(counts: readonly number[]) {
  return minutes(counts).filter(({ finding }) => finding.windows.length > 0);
}

const calm = (length: number) => new Array<number>(length).fill(30);

describe('a burst', () => {
  it('is told as soon as the minute is too full', () => {
    const [found, ...others] = bursts([...calm(10), 1_000]);
    expect(others).toEqual([]);
    expect(found?.minute).toBe(10);
    const [told] = signalsOf([found!.finding], 'burst');
    expect(told?.signal.score).toBe(found!.nth + 1);
    expect(told?.signal.score).toBeCloseTo(151, -1);
    expect(told?.signal).toMatchObject({
      threshold: expect.closeTo(150),
      reason: `${told?.signal.score} predictions within this minute already; a usual one has 30.`,
      evidence: { inMinute: told?.signal.score, usualPerMinute: expect.closeTo(30), factor: 5 },
    });
    expect(found?.finding.windows[0]?.stretch.from).toBe(new Date(streamStartMs + 600_000).toISOString());
  });

  it('is told once while it lasts, and again when it comes again', () => {
    expect(bursts([...calm(120), 400, 400, 400, ...calm(3), 400]).map(({ minute }) => minute)).toEqual([120, 126]);
  });

  it('becomes the new habit', () => {
    expect(bursts([...calm(10), ...new Array<number>(100).fill(300)]).map(({ minute }) => minute)).toEqual([10]);
  });

  it('needs as many as the policy says', () => {
    expect(bursts([...new Array<number>(10).fill(2), 59])).toEqual([]);
    expect(bursts([...new Array<number>(10).fill(2), 61])).toHaveLength(1);
  });

  it('is not told before five minutes are known', () => {
    expect(bursts([1, 1, 1, 1, 5_000])).toEqual([]);
  });

  it('is not told of batches, once they are known', () => {
    const batches = Array.from({ length: 240 }, (_, minute) => (minute % 15 === 0 ? 600 : 0));
    expect(bursts(batches)).toEqual([]);
  });
});
