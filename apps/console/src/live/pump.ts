type Job = () => void;

/** Painting gets so long per frame; what is left waits for the next one. */
const budgetMs = 6;

/**
 * One painter's clock for all live values: jobs run once per frame however often they are asked for, and never longer
 * than the budget, so that pressing a key is not held up by a wall of tiles.
 */
export class Pump {
  private readonly waiting = new Set<Job>();
  private isDue = false;

  ask(job: Job): void {
    this.waiting.add(job);
    if (!this.isDue) {
      this.isDue = true;
      nextFrame(() => this.run());
    }
  }

  drop(job: Job): void {
    this.waiting.delete(job);
  }

  private run(): void {
    const start = performance.now();
    this.isDue = false;
    // A copy: a job that asks again means the next frame.
    for (const job of [...this.waiting]) {
      this.waiting.delete(job);
      job();
      if (performance.now() - start > budgetMs) {
        break;
      }
    }
    const [next] = this.waiting;
    if (next !== undefined) {
      this.ask(next);
    }
  }
}

/** Hidden pages and Node give no frames; there a timer keeps the state moving. */
function nextFrame(job: Job): void {
  if (typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible') {
    requestAnimationFrame(job);
  } else {
    setTimeout(job, 100);
  }
}
