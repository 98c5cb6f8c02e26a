/** One who wants to store, and how much waits there. */
export interface Taker {
  readonly items: number;
}

/** From so many items on, a turn is worth a transaction of its own beside another one. */
export const largeTurn = 500;

interface Waiting<Lane extends Taker> {
  readonly lane: Lane;
  readonly done: () => void;
}

/**
 * Decides which lanes store when, first come, first served. Little waits together: while one turn runs, what comes in elsewhere
 * is gathered for the next one, which stores it for several lanes at once, since a transaction costs much more than a row. Much
 * goes side by side: a large turn does not wait for another, as long as fewer than `atOnce` run.
 */
export class TurnTaking<Lane extends Taker> {
  private readonly waiting: Waiting<Lane>[] = [];
  private readonly atOnce: number;
  private readonly store: (lanes: readonly Lane[]) => Promise<void>;
  private running = 0;

  /** @param store stores what waits in these lanes; never rejects */
  constructor(atOnce: number, store: (lanes: readonly Lane[]) => Promise<void>) {
    this.atOnce = atOnce;
    this.store = store;
  }

  /** Stores what waits in a lane, perhaps together with others. Resolves after the turn; one lane is never in two. */
  join(lane: Lane): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ lane, done: resolve });
      this.start();
    });
  }

  /** More has come in: it may be worth a turn by now. */
  grown(): void {
    this.start();
  }

  private start(): void {
    while (this.waiting.length > 0 && this.mayStart()) {
      const group = this.waiting.splice(0, this.groupSize());
      this.running += 1;
      void this.store(group.map(({ lane }) => lane)).finally(() => {
        this.running -= 1;
        for (const { done } of group) done();
        this.start();
      });
    }
  }

  private mayStart(): boolean {
    if (this.running === 0) return true;
    const items = this.waiting.reduce((sum, { lane }) => sum + lane.items, 0);
    return this.running < this.atOnce && items >= largeTurn;
  }

  /** The first of those who wait, and those behind it while all of them together hold little. */
  private groupSize(): number {
    let items = 0;
    let size = 0;
    for (const { lane } of this.waiting) {
      items += lane.items;
      if (size > 0 && items > largeTurn) break;
      size += 1;
    }
    return size;
  }
}
