/** Lets one loop sleep until somebody rings or a time has passed. A ring while it is awake is not lost. */
export class Doorbell {
  private hasRung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.hasRung = true;
    this.wake?.();
  }

  /** Returns after a ring, at once if there was one since the last call, and after `ms` anyway. */
  async wait(ms: number): Promise<void> {
    if (!this.hasRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    this.hasRung = false;
  }
}
