import { compareInQueue } from '@watchfloor/flags';
import type { Flag } from '@watchfloor/contracts';
import { isUnanswered, type LiveFlag } from '../live/reduce.ts';
import { liveFlagOf } from '../live/snapshot.ts';
import type { QueueSearch } from './queue-search.ts';

export interface QueueSources {
  /** What has been read of the list, page by page. */
  readonly read: readonly Flag[];
  /** What the record has brought. */
  readonly live: ReadonlyMap<string, LiveFlag>;
  /** There are further pages: nothing is known of what stands behind the last row that was read. */
  readonly hasMore: boolean;
}

/** The flags that wait for an answer, each once and as new as it is known, in the order of the queue. */
export function queueRows({ read, live, hasMore }: QueueSources, search: QueueSearch, me: string): readonly LiveFlag[] {
  const rows = new Map<string, LiveFlag>();
  for (const flag of read) {
    rows.set(flag.id, liveFlagOf(flag));
  }
  const last = hasMore ? [...rows.values()].sort(compareInQueue).at(-1) : undefined;
  for (const flag of live.values()) {
    const known = rows.get(flag.id);
    const isReached = last === undefined || compareInQueue(flag, last) <= 0;
    if (known === undefined ? isReached : known.version < flag.version) {
      rows.set(flag.id, flag);
    }
  }
  return [...rows.values()].filter((flag) => isUnanswered(flag) && isWithin(flag, search, me)).sort(compareInQueue);
}

function isWithin(flag: LiveFlag, { stream, priority, kind, mine }: QueueSearch, me: string): boolean {
  return (
    (stream === undefined || flag.stream === stream) &&
    (priority === undefined || flag.priority === priority) &&
    (kind === undefined || flag.kinds.includes(kind)) &&
    (mine === undefined || flag.claim?.by.id === me)
  );
}

/** Where a row stands, in words: who has it, until when it sleeps, what became of it. */
export function rowStanding(flag: LiveFlag, me: string): string {
  switch (flag.state) {
    case 'open':
      return 'waits';
    case 'claimed':
      return flag.claim?.by.id === me ? 'you' : (flag.claim?.by.name ?? 'claimed');
    case 'snoozed':
      return 'snoozed';
    case 'settled':
      return `answered by ${flag.verdict?.by.id === me ? 'you' : (flag.verdict?.by.name ?? 'somebody')}`;
    case 'lapsed':
      return 'lapsed';
    case 'withdrawn':
      return 'withdrawn';
  }
}
