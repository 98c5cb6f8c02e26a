import type { Prediction, Quantiles, Tick } from '@watchfloor/contracts';
import { instantOf } from '@watchfloor/contracts';

/** A tick looks at no more than so many predictions ... */
const capacity = 256;
/** ... none of them older than this. */
const freshMs = 60_000;
/** The rate is counted over this long. */
const rateMarks = 5;
const commonestLabels = 10;

interface Mark {
  readonly atMs: number;
  readonly position: number;
}

/** The last predictions of a stream, for what is shown of it live. All of it may be lost. */
export class Pulse {
  readonly stream: string;
  /** The number of the last prediction. */
  position = 0;
  /** When the last prediction came, by this process's clock. */
  lastAtMs = 0;
  private readonly atMs = new Float64Array(capacity);
  private readonly confidence = new Float64Array(capacity);
  private readonly value = new Float64Array(capacity);
  private readonly latencyMs = new Float64Array(capacity);
  private readonly isFlagged = new Uint8Array(capacity);
  private readonly label: (string | undefined)[] = [];
  private next = 0;
  private held = 0;
  private marks: Mark[];

  constructor(stream: string, position: number, nowMs: number) {
    this.stream = stream;
    this.position = position;
    this.marks = [{ atMs: nowMs, position }];
  }

  /** Takes the next prediction in. */
  observe(prediction: Prediction, position: number, isFlagged: boolean, nowMs: number): void {
    const at = this.next;
    this.atMs[at] = nowMs;
    this.confidence[at] = prediction.confidence ?? Number.NaN;
    this.value[at] = prediction.value ?? Number.NaN;
    this.latencyMs[at] = prediction.latencyMs ?? Number.NaN;
    this.isFlagged[at] = isFlagged ? 1 : 0;
    this.label[at] = prediction.label;
    this.next = (at + 1) % capacity;
    this.held = Math.min(capacity, this.held + 1);
    this.position = position;
    this.lastAtMs = nowMs;
  }

  /** Remembers how far the stream is; once a second. */
  mark(nowMs: number): void {
    this.marks.push({ atMs: nowMs, position: this.position });
    if (this.marks.length > rateMarks) this.marks.shift();
  }

  /** @returns predictions a second over the last few seconds */
  perSecond(nowMs: number): number {
    const [first] = this.marks;
    if (first === undefined || nowMs <= first.atMs) return 0;
    return round(((this.position - first.position) * 1_000) / (nowMs - first.atMs));
  }

  /** What the stream looks like just now. */
  tick(nowMs: number): Tick {
    const fresh = this.fresh(nowMs);
    let flagged = 0;
    for (const at of fresh) flagged += this.isFlagged[at] ?? 0;
    return {
      stream: this.stream,
      at: instantOf(nowMs),
      position: this.position,
      perSecond: this.perSecond(nowMs),
      confidence: quantilesOf(this.confidence, fresh),
      value: quantilesOf(this.value, fresh),
      latencyMs: quantilesOf(this.latencyMs, fresh),
      flagShare: fresh.length === 0 ? 0 : round(flagged / fresh.length),
      labels: this.labelShares(fresh),
    };
  }

  /** Places in the rings, newest first. */
  private fresh(nowMs: number): number[] {
    const places: number[] = [];
    for (let back = 1; back <= this.held; back += 1) {
      const at = (this.next - back + capacity) % capacity;
      if (nowMs - (this.atMs[at] ?? 0) > freshMs) break;
      places.push(at);
    }
    return places;
  }

  private labelShares(fresh: readonly number[]): Record<string, number> {
    const counts = new Map<string, number>();
    for (const at of fresh) {
      const label = this.label[at];
      if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const commonest = [...counts].sort(([, a], [, b]) => b - a).slice(0, commonestLabels);
    // A label may be called anything, `__proto__` too: entries make it a plain key.
    return Object.fromEntries(commonest.map(([label, count]) => [label, round(count / fresh.length)]));
  }
}

/** The nearest-rank tenths of the numbers at these places; null when there are none. */
function quantilesOf(ring: Float64Array, places: readonly number[]): Quantiles | null {
  const numbers = Float64Array.from(places, (at) => ring[at] ?? Number.NaN)
    .filter((number) => !Number.isNaN(number))
    .sort();
  if (numbers.length === 0) return null;
  const at = (share: number) => round(numbers[Math.ceil(share * numbers.length) - 1] ?? 0);
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

/** Six digits are more than a chart can show. */
function round(number: number): number {
  return Number(number.toPrecision(6));
}
