import type { WhatIfResult } from '@watchfloor/contracts';
import type { StoredWindows, WatchSettings, WhatIfBefore } from '@watchfloor/detection';
import type { StoredWindow } from '../ingest/lanes/stored-window.ts';

/** Adjudicated audits, in order of position: three lists of the same length, which a thread takes over without copying. */
export interface AuditColumns {
  readonly positions: Float64Array;
  readonly probabilities: Float64Array;
  /** 1 where the model was wrong. */
  readonly errors: Uint8Array;
}

/** What a thread needs to know to replay a window. */
export interface WhatIfTask {
  readonly databaseUrl: string;
  /** The window, and before it what warms the detectors up. */
  readonly window: StoredWindow;
  /** The first position that counts. */
  readonly countsFrom: number;
  readonly settings: WatchSettings;
  readonly before: WhatIfBefore;
  readonly audits: AuditColumns;
  readonly reviewers: number;
  readonly history: StoredWindows | null;
}

/** What a thread tells on the way, and at last. */
export type WhatIfNews =
  { readonly kind: 'progress'; readonly replayed: number } | { readonly kind: 'done'; readonly result: WhatIfResult };
