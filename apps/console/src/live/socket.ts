import { io } from 'socket.io-client';
import type { Flag } from '@watchfloor/contracts';
import { call } from '../api/client.ts';
import type { LiveSocket } from './line.ts';
import { Live } from './live.ts';

/** Pages of the most urgent flags that the console starts with; the queue reads further by itself. */
const flagPages = 2;

/** The browser's live line, not yet started. */
export function browserLive(onRefused: () => void): Live {
  // The namespace is the contracts' `liveNamespace`; importing it would bring every schema with it.
  const socket: LiveSocket = io('/live', {
    autoConnect: false,
    reconnection: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    timeout: 5_000,
  });
  const live = new Live({
    socket,
    onRefused,
    fetchRecord: (after, limit) => call('record', { query: { after, limit } }),
    fetchStreams: async () => (await call('streams', { query: { limit: 500 } })).items,
    fetchFlags: unanswered,
  });
  addEventListener('online', live.retry);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      live.retry();
    }
  });
  return live;
}

async function unanswered(): Promise<readonly Flag[]> {
  const flags: Flag[] = [];
  let after: string | undefined;
  for (let page = 0; page < flagPages; page += 1) {
    const { items, next } = await call('flags', { query: { state: 'open,claimed,snoozed', limit: 200, after } });
    flags.push(...items);
    if (next === undefined) {
      break;
    }
    after = next;
  }
  return flags;
}
