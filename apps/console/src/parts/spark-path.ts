/** What a spark needs to know of a ring. */
export interface SparkSource {
  readonly size: number;
  point(index: number): { readonly atMs: number; readonly low: number; readonly middle: number };
}

export interface SparkFrame {
  readonly width: number;
  readonly height: number;
  /** The right edge, milliseconds since 1970. */
  readonly untilMs: number;
  /** How much time the width stands for. */
  readonly spanMs: number;
  /** Values at the bottom and at the top edge. */
  readonly bottom: number;
  readonly top: number;
}

/** Two ticks further apart than this are not joined: nobody knows what was between. */
const gapMs = 5_000;

/**
 * The `d` of one line.
 *
 * @returns an empty string where nothing lies in the frame
 */
export function linePath(source: SparkSource, which: 'low' | 'middle', frame: SparkFrame): string {
  const fromMs = frame.untilMs - frame.spanMs;
  let path = '';
  let lastAt = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < source.size; index += 1) {
    const point = source.point(index);
    const value = point[which];
    if (point.atMs < fromMs || Number.isNaN(value)) {
      continue;
    }
    const x = ((point.atMs - fromMs) / frame.spanMs) * frame.width;
    path += `${point.atMs - lastAt > gapMs ? 'M' : 'L'}${x.toFixed(1)} ${heightOf(value, frame).toFixed(1)}`;
    lastAt = point.atMs;
  }
  return path;
}

/** Where a value lies, from the top, kept inside the frame. */
export function heightOf(value: number, { bottom, top, height }: SparkFrame): number {
  const share = (value - bottom) / (top - bottom || 1);
  return height - Math.min(1, Math.max(0, share)) * height;
}

/**
 * A range for probabilities: as much of [0, 1] as all values need, at least three tenths of it, so that the noise of a
 * quiet stream does not look like a storm.
 */
export function shareRangeOf(values: readonly number[]): readonly [number, number] {
  const [low, high] = rangeOf(values);
  const top = Math.min(1, Math.max(high, low + 0.3));
  return [Math.max(0, Math.min(low, top - 0.3)), top];
}

/**
 * A range that shows all finite values with a tenth of air, and never narrows to nothing.
 *
 * @returns [0, 1] where no value is finite
 */
export function rangeOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) {
    return [0, 1];
  }
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const air = (high - low) * 0.1 || Math.abs(high) * 0.1 || 0.5;
  return [low - air, high + air];
}
