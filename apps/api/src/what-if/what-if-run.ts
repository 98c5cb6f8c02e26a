import type { WhatIfRequest, WhatIfResult, WhatIfRun, WhatIfState } from '@watchfloor/contracts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import type { WhatIfThread } from './what-if-thread.ts';

/** A what-if in the memory of the server; milliseconds are those of the process's steady clock. */
export class KeptRun {
  readonly id: string;
  readonly stream: RegisteredStream;
  readonly personId: string;
  readonly request: WhatIfRequest;
  state: WhatIfState = 'waiting';
  replayed = 0;
  /** How many there are to replay; null until that is known. */
  of: number | null = null;
  because: string | undefined;
  result: WhatIfResult | undefined;
  thread: WhatIfThread | undefined;
  askedAtMs: number;
  startedAtMs = Infinity;
  endedAtMs = Infinity;

  constructor(id: string, stream: RegisteredStream, personId: string, request: WhatIfRequest, nowMs: number) {
    this.id = id;
    this.stream = stream;
    this.personId = personId;
    this.request = request;
    this.askedAtMs = nowMs;
  }

  get isUnfinished(): boolean {
    return this.state === 'waiting' || this.state === 'running';
  }

  end(state: 'done' | 'cancelled' | 'failed', nowMs: number, because?: string): void {
    this.state = state;
    this.endedAtMs = nowMs;
    this.because = because;
    this.thread = undefined;
  }

  served(): WhatIfRun {
    const { id, state, replayed, of, because, result } = this;
    return {
      id,
      state,
      progress: { replayed: result?.predictions ?? replayed, of: result?.predictions ?? of },
      ...(because !== undefined && { because }),
      ...(result !== undefined && { result }),
    };
  }
}
