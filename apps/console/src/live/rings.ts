import type { Quantiles, Tick } from '@watchfloor/contracts';

/** One tick reduced to what a spark draws. NaN where nothing was measured. */
export interface SparkPoint {
  readonly atMs: number;
  readonly low: number;
  readonly middle: number;
}

/** Two minutes at two ticks a second. */
export const ringSize = 240;
/** A tick this close to one that is kept tells nothing new. */
const apartMs = 600;

/** The last ticks of one stream: written twice a second, read by the painter, never seen by React. */
export class TickRing {
  private readonly ticks: Tick[] = [];
  private readonly at = new Float64Array(ringSize);
  private readonly low = new Float64Array(ringSize);
  private readonly middle = new Float64Array(ringSize);
  private written = 0;
  /** The newest tick as it came. */
  latest: Tick | undefined;

  /** @returns whether the tick is newer than what is there */
  push(tick: Tick): boolean {
    const atMs = Date.parse(tick.at);
    if (this.written > 0 && atMs <= (this.at[(this.written - 1) % ringSize] ?? 0)) {
      return false;
    }
    const shown = shownQuantiles(tick);
    const slot = this.written % ringSize;
    this.at[slot] = atMs;
    this.low[slot] = shown?.p10 ?? Number.NaN;
    this.middle[slot] = shown?.p50 ?? Number.NaN;
    this.ticks[slot] = tick;
    this.written += 1;
    this.latest = tick;
    return true;
  }

  /**
   * Puts ticks that came another way where none are kept: before the first, or into a gap of the line.
   *
   * @param given oldest first
   * @returns whether anything was missing
   */
  fill(given: readonly Tick[]): boolean {
    const missing = this.missingOf(given);
    if (missing.length === 0) {
      return false;
    }
    const known = [...this.all(), ...missing].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    this.written = 0;
    known.forEach((tick) => this.push(tick));
    return true;
  }

  private missingOf(given: readonly Tick[]): readonly Tick[] {
    let index = 0;
    return given.filter(({ at }) => {
      const atMs = Date.parse(at);
      while (index < this.size && this.point(index).atMs < atMs - apartMs) {
        index += 1;
      }
      return index === this.size || this.point(index).atMs > atMs + apartMs;
    });
  }

  get size(): number {
    return Math.min(this.written, ringSize);
  }

  /** All kept, oldest first. */
  all(): readonly Tick[] {
    const start = this.written > ringSize ? this.written % ringSize : 0;
    return [...this.ticks.slice(start), ...this.ticks.slice(0, start)];
  }

  /** @param index 0 is the oldest kept */
  point(index: number): SparkPoint {
    const slot = (this.written - this.size + index) % ringSize;
    return { atMs: this.at[slot] ?? 0, low: this.low[slot] ?? Number.NaN, middle: this.middle[slot] ?? Number.NaN };
  }
}

/** What a stream is watched by: its confidence, or its value where it gives none. */
export function shownQuantiles(figures: {
  readonly confidence: Quantiles | null;
  readonly value: Quantiles | null;
}): Quantiles | null {
  return figures.confidence ?? figures.value;
}
