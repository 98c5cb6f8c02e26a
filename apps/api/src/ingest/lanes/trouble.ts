import { Logger } from '@nestjs/common';
import { LaneLost } from './lane-ownership.ts';

/** What goes wrong in a loop: said once for as long as it lasts. A lane that another server has taken over is no trouble. */
export class Trouble {
  private readonly logger: Logger;
  private readonly onLost: () => void;
  private isOn = false;

  constructor(name: string, onLost: () => void) {
    this.logger = new Logger(name);
    this.onLost = onLost;
  }

  complain(error: unknown): void {
    if (error instanceof LaneLost) {
      this.onLost();
      return;
    }
    if (!this.isOn) this.logger.error(error);
    this.isOn = true;
  }

  isOver(): void {
    this.isOn = false;
  }
}
