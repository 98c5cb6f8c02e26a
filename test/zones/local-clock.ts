const format = {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

const sampleMs = 6 * 3_600_000;

/** What the clock of a zone shows according to `Intl`, which has no part in the rules that are checked. */
export class LocalClock {
  readonly #format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { ...format, timeZone });
  }

  /** The reading, as milliseconds since 1970-01-01T00:00 on that clock. */
  shows(epochMs: number): number {
    const part = Object.fromEntries(
      this.#format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((epochMs % 1_000) + 1_000) % 1_000);
  }

  offsetMs(epochMs: number): number {
    return this.shows(epochMs) - epochMs;
  }

  /** The moments at which the zone's offset changes; two changes within six hours that undo each other are not seen. */
  changes(fromMs: number, untilMs: number): readonly number[] {
    const found: number[] = [];
    for (let at = fromMs; at < untilMs; at += sampleMs) {
      if (this.offsetMs(at) !== this.offsetMs(at + sampleMs)) {
        found.push(this.#changeWithin(at, at + sampleMs));
      }
    }
    return found;
  }

  #changeWithin(beforeMs: number, afterMs: number): number {
    let [low, high] = [beforeMs, afterMs];
    const offset = this.offsetMs(low);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetMs(middle) === offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
