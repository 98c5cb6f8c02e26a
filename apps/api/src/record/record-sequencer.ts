import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseAddress } from '../platform/database/database-address.ts';
import { Doorbell } from '../platform/clock/doorbell.ts';
import { batchSize, SequencerLine } from './sequencer-line.ts';

/** How long entries may wait for a number when nobody rang: after a crash, or when another instance numbers. */
export const pollMs = 250;

/** Between two batches: under load entries gather for so long, for a batch costs much beside the few entries of a lane's turn. */
const restMs = 20;

/** After a lost connection: long enough not to hammer a database that restarts. */
const retryMs = 500;

/**
 * Gives committed entries their numbers: dense from 1, in the order in which they were inserted. Every instance runs one;
 * the one that holds the advisory lock works, the others stand by, and whoever comes next takes over when its connection
 * ends.
 */
@Injectable()
export class RecordSequencer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RecordSequencer.name);
  private readonly bell = new Doorbell();
  private readonly listeners = new Set<() => void>();
  private isStopping = false;
  private hasEntries = false;
  private running: Promise<void> | undefined;
  private line: SequencerLine | undefined;

  constructor(private readonly address: DatabaseAddress) {}

  /** Whether this instance numbers. */
  get isHolder(): boolean {
    return this.line?.isHolder ?? false;
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    this.bell.ring();
    await this.running;
  }

  /** Says that entries have been committed; they get their numbers at once. */
  nudge(): void {
    this.hasEntries = true;
    this.bell.ring();
  }

  /** Calls back whenever entries have been numbered, by this instance or another. */
  onNumbered(listener: () => void): void {
    this.listeners.add(listener);
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      try {
        await this.serve();
      } catch (error) {
        this.logger.warn(`lost the sequencer's connection, trying again: ${String(error)}`);
        await this.bell.wait(retryMs);
      }
    }
  }

  /** Works on one connection until it breaks or the server stops. */
  private async serve(): Promise<void> {
    const line = await SequencerLine.open(this.address.url, {
      onPending: () => this.nudge(),
      onNumbered: () => this.announce(),
    });
    this.line = line;
    try {
      while (!this.isStopping) {
        const count = await this.turn(line);
        if (count === 0) await this.bell.wait(pollMs);
        else if (count < batchSize) await sleep(restMs);
      }
      await this.turn(line);
    } finally {
      this.line = undefined;
      await line.close();
    }
  }

  /** @returns how many entries got their numbers */
  private async turn(line: SequencerLine): Promise<number> {
    const wasCalled = this.hasEntries;
    this.hasEntries = false;
    if (await line.hold()) return line.numberBatch();
    if (wasCalled) await line.callHolder();
    return 0;
  }

  private announce(): void {
    for (const listener of this.listeners) listener();
  }
}
