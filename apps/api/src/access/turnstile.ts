import type { Refusal } from '@watchfloor/contracts';

/** Lets a few through at a time, a few more wait, and sends the rest away at once. */
export class Turnstile {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param atOnce how many may be inside
   * @param mayWait how many may wait; whoever comes then is refused as `too-busy`
   */
  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  async pass<Result>(work: () => Promise<Result>): Promise<Result | Refusal> {
    if (this.inside >= this.atOnce) {
      if (this.waiting.length >= this.mayWait) {
        return { refused: 'too-busy', because: 'too many people sign in at once; try again in a moment' };
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.inside += 1;
    }
    try {
      return await work();
    } finally {
      // The place is handed on rather than freed, so that nobody slips in between.
      const next = this.waiting.shift();
      if (next === undefined) this.inside -= 1;
      else next();
    }
  }
}
