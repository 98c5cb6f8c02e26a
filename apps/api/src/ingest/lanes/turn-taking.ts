/**
 * Lets a few lanes store at a time, first come, first served. While the others wait, more comes in for them to store at once:
 * few large transactions cost much less than many small ones, and a database on the same machine gains nothing from more.
 */
export class TurnTaking {
  private readonly waiting: (() => void)[] = [];
  private free: number;

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  async take<Result>(turn: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await turn();
    } finally {
      // The place is handed on rather than freed, so that nobody slips in between.
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
