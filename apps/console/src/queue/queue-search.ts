import type { Priority, SignalKind } from '@watchfloor/contracts';
import { signalWords } from '../flag/signal-words.ts';

const priorityTable: Record<Priority, true> = { P1: true, P2: true, P3: true, P4: true };

/** What the queue's table is narrowed to; it stands in the address, so that a link shows the same rows. */
export interface QueueSearch {
  readonly stream?: string;
  readonly priority?: Priority;
  readonly kind?: SignalKind;
  /** Only flags that I hold. */
  readonly mine?: true;
}

/** Reads the address. What it cannot mean is left out: a mistyped link shows more rows, never an error. */
export function queueSearchOf(raw: Readonly<Record<string, unknown>>): QueueSearch {
  const { stream, priority, kind, mine } = raw;
  return {
    ...(typeof stream === 'string' && stream !== '' ? { stream } : {}),
    ...(isKeyOf(priorityTable, priority) ? { priority } : {}),
    ...(isKeyOf(signalWords, kind) ? { kind } : {}),
    ...(mine === true || mine === 'true' ? { mine: true as const } : {}),
  };
}

export function isNarrowed(search: QueueSearch): boolean {
  return Object.values(search).some((value) => value !== undefined);
}

function isKeyOf<Key extends string>(table: Readonly<Record<Key, unknown>>, value: unknown): value is Key {
  return typeof value === 'string' && Object.hasOwn(table, value);
}
