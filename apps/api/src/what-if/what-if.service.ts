import type { OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import type { WhatIfRequest, WhatIfRun } from '@watchfloor/contracts';
import { v7 as uuid } from 'uuid';
import { orRefuse, Refused, refuse } from '../platform/http/refused.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { WhatIfPreparing } from './what-if-preparing.ts';
import { KeptRun } from './what-if-run.ts';
import { WhatIfThread } from './what-if-thread.ts';

/** Replays at the same time: on two cores, one leaves the other to the server. */
const atOnce = 1;
const mostWaiting = 8;
const mostOfOnePerson = 2;
/** A replay that takes longer is given up. */
const longestMs = 60_000;
/** Nobody waits any more for what nobody has asked about for so long. */
const forsakenMs = 30_000;
const keptMs = 600_000;
const mostKept = 50;
const sweepEveryMs = 2_000;

/** What-ifs: who asked which, one after the other, each on a thread of its own. */
@Injectable()
export class WhatIfService implements OnModuleDestroy {
  private readonly logger = new Logger('WhatIf');
  private readonly runs = new Map<string, KeptRun>();
  private readonly timer = setInterval(() => this.sweep(), sweepEveryMs);
  private isStopping = false;

  constructor(
    private readonly streams: StreamsService,
    private readonly preparing: WhatIfPreparing,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    const threads = [...this.runs.values()].flatMap(({ thread }) => (thread === undefined ? [] : [thread]));
    await Promise.all(threads.map((thread) => thread.end()));
  }

  /** @throws Refused when too many wait already */
  ask(streamName: string, request: WhatIfRequest, personId: string): WhatIfRun {
    const stream = orRefuse(this.streams.get(streamName));
    const unfinished = [...this.runs.values()].filter((run) => run.isUnfinished);
    if (unfinished.filter((run) => run.personId === personId).length >= mostOfOnePerson) {
      refuse('too-busy', `${mostOfOnePerson} what-ifs of yours are under way; cancel one, or wait`, {
        retryAfterSeconds: 5,
      });
    }
    if (unfinished.filter(({ state }) => state === 'waiting').length >= mostWaiting) {
      refuse('too-busy', 'too many what-ifs are waiting; ask again in a moment', { retryAfterSeconds: 10 });
    }
    const run = new KeptRun(uuid(), stream, personId, request, performance.now());
    this.runs.set(run.id, run);
    this.start();
    return run.served();
  }

  /** @throws Refused for what is not one's own, or is forgotten */
  find(streamName: string, id: string, personId: string): KeptRun {
    const run = this.runs.get(id);
    if (run?.personId !== personId || run.stream.name !== streamName) {
      refuse('not-found', 'there is no such what-if; results are kept for ten minutes');
    }
    run.askedAtMs = performance.now();
    return run;
  }

  cancel(streamName: string, id: string, personId: string): void {
    this.give(this.find(streamName, id, personId), 'cancelled');
  }

  private start(): void {
    const runs = [...this.runs.values()];
    const free = atOnce - runs.filter(({ state }) => state === 'running').length;
    const next = runs.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free));
    for (const run of this.isStopping ? [] : next) void this.run(run);
  }

  private async run(run: KeptRun): Promise<void> {
    run.state = 'running';
    run.startedAtMs = performance.now();
    try {
      const task = await this.preparing.task(run.stream, run.request);
      // It may have been cancelled meanwhile.
      if (!run.isUnfinished || this.isStopping) return;
      run.of = task.window.toPosition - task.countsFrom + 1;
      run.thread = new WhatIfThread(task, (replayed) => (run.replayed = replayed));
      const { thread } = run;
      run.result = await thread.result;
      await thread.end();
      run.end('done', performance.now());
    } catch (error) {
      if (run.isUnfinished) this.fail(run, error);
    } finally {
      this.start();
    }
  }

  private fail(run: KeptRun, error: unknown): void {
    if (!(error instanceof Refused) && !this.isStopping) this.logger.error(error);
    run.end('failed', performance.now(), error instanceof Refused ? error.message : 'the window could not be replayed');
  }

  /** Gives an unfinished run up. */
  private give(run: KeptRun, state: 'cancelled' | 'failed', because?: string): void {
    if (!run.isUnfinished) return;
    void run.thread?.end();
    run.end(state, performance.now(), because);
    this.start();
  }

  private sweep(): void {
    const nowMs = performance.now();
    for (const run of this.runs.values()) {
      if (nowMs - run.startedAtMs > longestMs) {
        this.give(run, 'failed', `the replay took more than ${longestMs / 1_000} s; choose a shorter window`);
      }
      if (nowMs - run.askedAtMs > forsakenMs) this.give(run, 'cancelled');
      if (nowMs - run.endedAtMs > keptMs) this.runs.delete(run.id);
    }
    const finished = [...this.runs.values()].filter((run) => !run.isUnfinished);
    for (const { id } of finished.slice(0, Math.max(0, finished.length - mostKept))) this.runs.delete(id);
  }
}
