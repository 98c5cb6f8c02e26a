import { useEffect, useRef } from 'react';
import { useLiveLine } from '../live/use-live.ts';
import { heightOf, linePath, rangeOf, shareRangeOf } from './spark-path.ts';
import type { SparkFrame } from './spark-path.ts';
import styles from './spark.module.css';

export interface Band {
  readonly low: number;
  readonly high: number;
}

interface Props {
  readonly stream: string;
  /** Where the figure usually lies; drawn as a band behind the lines. */
  readonly usual: Band | null;
  /** Below this a prediction is flagged; drawn as a tick at the right edge. */
  readonly threshold: number | null;
  /** Probabilities are drawn inside 0 and 1, other values in their own range. */
  readonly isShare: boolean;
  readonly isFrozen: boolean;
}

const width = 200;
const height = 40;
const spanMs = 120_000;

/**
 * The last two minutes of a stream: the middle as a line, the lower tenth as a thinner one. The painter writes the
 * path's `d` itself; React draws the frame once.
 */
export function Spark({ stream, usual, threshold, isShare, isFrozen }: Props) {
  const live = useLiveLine();
  const middle = useRef<SVGPathElement>(null);
  const low = useRef<SVGPathElement>(null);
  const band = useRef<SVGRectElement>(null);
  const tick = useRef<SVGPathElement>(null);
  useEffect(() => {
    const paint = () => {
      const ring = live.ring(stream);
      const values = valuesOf(ring, usual, threshold);
      const [bottom, top] = isShare ? shareRangeOf(values) : rangeOf(values);
      const untilMs = ring.size === 0 ? live.now() : ring.point(ring.size - 1).atMs;
      const frame: SparkFrame = { width: width - 6, height, untilMs, spanMs, bottom, top };
      middle.current?.setAttribute('d', linePath(ring, 'middle', frame));
      low.current?.setAttribute('d', linePath(ring, 'low', frame));
      tick.current?.setAttribute(
        'd',
        threshold === null ? '' : `M${width - 8} ${heightOf(threshold, frame).toFixed(1)}h8`,
      );
      const upper = usual === null ? 0 : heightOf(usual.high, frame);
      band.current?.setAttribute('y', upper.toFixed(1));
      band.current?.setAttribute(
        'height',
        usual === null ? '0' : Math.max(1, heightOf(usual.low, frame) - upper).toFixed(1),
      );
    };
    live.pump.ask(paint);
    const leave = isFrozen ? undefined : live.onTick(stream, paint);
    return () => {
      leave?.();
      live.pump.drop(paint);
    };
  }, [live, stream, usual, threshold, isShare, isFrozen]);
  return (
    <svg className={styles.spark} viewBox={`0 -1 ${width} ${height + 2}`} preserveAspectRatio="none" aria-hidden="true">
      <rect ref={band} x="0" width={width - 6} height="0" className={styles.band} />
      <path ref={low} className={styles.low} />
      <path ref={middle} className={styles.middle} />
      <path ref={tick} className={styles.tick} />
    </svg>
  );
}

function valuesOf(
  ring: { readonly size: number; point(index: number): { low: number; middle: number } },
  usual: Band | null,
  threshold: number | null,
): readonly number[] {
  const values = usual === null ? [] : [usual.low, usual.high];
  for (let index = 0; index < ring.size; index += 1) {
    const point = ring.point(index);
    values.push(point.low, point.middle);
  }
  return threshold === null ? values : [...values, threshold];
}
