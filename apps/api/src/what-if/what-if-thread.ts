import { Worker } from 'node:worker_threads';
import type { WhatIfResult } from '@watchfloor/contracts';
import type { WhatIfNews, WhatIfTask } from './what-if-task.ts';

const source = new URL(`./what-if-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** A replay needs a few megabytes; a window of the largest predictions at once, some hundred. */
const memoryMb = 384;
const youngMb = 96;

/** A replay on a thread of its own, so that the server goes on serving. */
export class WhatIfThread {
  /** Resolves with what was found; rejects when the thread has failed, or has been ended. */
  readonly result: Promise<WhatIfResult>;
  private readonly worker: Worker;

  /** @param onProgress told a few times a second how many predictions are replayed */
  constructor(task: WhatIfTask, onProgress: (replayed: number) => void) {
    this.worker = new Worker(source, {
      workerData: task,
      // Parsed predictions die young: with room for them, few are copied before.
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
      name: 'what-if',
      // What the server was started with (debugging, garbage collection) is not for its threads.
      execArgv: [],
      env: {},
    });
    this.result = new Promise((resolve, reject) => {
      this.worker.on('message', (news: WhatIfNews) => {
        if (news.kind === 'done') resolve(news.result);
        else onProgress(news.replayed);
      });
      this.worker.on('error', reject);
      this.worker.on('exit', () => reject(new Error('the thread has ended without a result')));
    });
  }

  /** Ends the thread at once; the database notices by itself. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
