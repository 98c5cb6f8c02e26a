import type { QueryClient } from '@tanstack/react-query';
import type { Flag } from '@watchfloor/contracts';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { call } from '../../api/client.ts';
import { ProblemError, sentenceOf } from '../../api/problem-error.ts';
import { flagQuery } from '../../api/queries.ts';
import type { Live } from '../../live/live.ts';
import { isReadable } from '../../live/reduce.ts';
import { heldOf, type Held } from '../held.ts';
import { isDelivered, isOpen, outboxAfter, retryAfterMs, type Outbox, type OutboxEvent, type Sent } from './outbox.ts';

interface OutboxStore {
  readonly sent: Outbox;
}

/** The answers under way. Those that are not settled survive a reload of this tab, and go out after it. */
export const useOutbox = create<OutboxStore>()(
  persist((): OutboxStore => ({ sent: [] }), {
    name: 'watchfloor.outbox',
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ sent }) => ({ sent: sent.filter((one) => isOpen(one) || one.standing.is === 'refused') }),
  }),
);

interface Surroundings {
  /** Id of the person who is signed in. */
  readonly me: string;
  readonly live: Live;
  readonly queries: QueryClient;
}

let around: Surroundings | null = null;
const underWay = new Set<string>();
const takers: ((held: Held) => void)[] = [];

/** Delivers answers, and waits with those that cannot be delivered, until the returned function is called. */
export function startDelivery(surroundings: Surroundings): () => void {
  around = surroundings;
  const { live } = surroundings;
  const flush = () => void deliverAll();
  let phase = live.connection.phase;
  const leaveConnection = live.onConnection(() => {
    if (live.connection.phase !== phase) {
      phase = live.connection.phase;
      if (phase === 'live') {
        flush();
      }
    }
  });
  const leaveStore = live.store.subscribe(takeNumbers);
  addEventListener('online', flush);
  flush();
  return () => {
    around = null;
    leaveConnection();
    leaveStore();
    removeEventListener('online', flush);
  };
}

/** Sends an answer. From here on its standing is to be seen, whatever happens. */
export function send(sent: Omit<Sent, 'attempts' | 'standing' | 'wantsUndo'>): void {
  tell({ is: 'answered', sent });
  void deliver(sent.key);
}

/** Takes an answer back; the flag comes back to whoever takes handed flags. */
export function undo(key: string): void {
  tell({ is: 'undo-asked', key });
  const sent = find(key);
  if (sent?.standing.is === 'undoing') {
    void takeBack(sent, sent.standing.version);
  }
}

export function dismiss(key: string): void {
  tell({ is: 'dismissed', key });
}

/** Flags that come back by an undo go to the screen that asked for them last. */
export function takeHanded(taker: (held: Held) => void): () => void {
  takers.push(taker);
  return () => void takers.splice(takers.indexOf(taker), 1);
}

async function deliverAll(): Promise<void> {
  for (const { key } of useOutbox.getState().sent.filter(isOpen)) {
    await deliver(key);
  }
}

async function deliver(key: string): Promise<void> {
  const sent = find(key);
  if (sent === undefined || !isOpen(sent) || underWay.has(key) || (around !== null && around.me !== sent.by)) {
    return;
  }
  underWay.add(key);
  tell({ is: 'tried', key });
  try {
    stored(key, await call('verdict', { params: { id: sent.flagId }, body: sent.answer }));
  } catch (error) {
    await notStored(key, error);
  } finally {
    underWay.delete(key);
  }
}

function stored(key: string, flag: Flag): void {
  tell({ is: 'stored', key, flag });
  around?.queries.setQueryData(flagQuery(flag.id).queryKey, flag);
  takeNumbers();
  if (find(key)?.wantsUndo === true) {
    undo(key);
  }
}

async function notStored(key: string, error: unknown): Promise<void> {
  const sent = find(key);
  if (sent === undefined) {
    return;
  }
  if (isPassing(error)) {
    tell({ is: 'unreachable', key, because: sentenceOf(error) });
    setTimeout(() => void deliver(key), retryAfterMs(sent.attempts));
    return;
  }
  const flag = await readAgain(sent.flagId);
  if (flag !== null && isDelivered(sent, flag)) {
    stored(key, flag);
    return;
  }
  tell({ is: 'refused', key, because: sentenceOf(error) });
  const token = sent.answer.claim;
  if (isStillHeld(error) && token !== undefined && flag?.claim?.by.id === sent.by) {
    const { expiresAt } = flag.claim;
    hand(heldOf({ flag, claim: { token, expiresAt } }, Date.now(), around?.live.skewMs ?? 0));
  }
}

/** Refusals of the answer, not of the claim: the flag is looked at once more instead of waiting for its claim to run out. */
function isStillHeld(error: unknown): boolean {
  const refused = error instanceof ProblemError ? error.refused : undefined;
  return (
    refused === 'stale-version' || refused === 'unfit-answer' || refused === 'reason-needed' || refused === 'malformed'
  );
}

async function takeBack(sent: Sent, version: number): Promise<void> {
  try {
    const claimed = await call('undo', { params: { id: sent.flagId }, body: { version } });
    tell({ is: 'undone', key: sent.key });
    around?.queries.setQueryData(flagQuery(sent.flagId).queryKey, claimed.flag);
    hand(heldOf(claimed, Date.now(), around?.live.skewMs ?? 0));
  } catch (error) {
    tell({ is: 'undo-refused', key: sent.key, flag: await readAgain(sent.flagId), because: sentenceOf(error) });
  }
}

function hand(held: Held): void {
  const taker = takers.at(-1);
  if (taker !== undefined) {
    taker(held);
    return;
  }
  // Nobody looks at flags just now: others may have it. If this fails, the claim runs out by itself.
  call('release', { params: { id: held.flag.id }, body: { claim: held.token } }).catch(() => undefined);
}

async function readAgain(id: string): Promise<Flag | null> {
  try {
    const flag = await call('flag', { params: { id } });
    around?.queries.setQueryData(flagQuery(id).queryKey, flag);
    return flag;
  } catch {
    return null;
  }
}

/** Verdicts get their numbers a moment after they are stored; the live line brings them. */
function takeNumbers(): void {
  const waiting = useOutbox
    .getState()
    .sent.filter(({ standing }) => standing.is === 'recorded' && standing.number === null);
  if (around === null || waiting.length === 0) {
    return;
  }
  for (const entry of around.live.store.state.latest) {
    const isVerdict = isReadable(entry) && (entry.kind === 'flag-settled' || entry.kind === 'verdict-superseded');
    if (isVerdict && waiting.some(({ flagId }) => flagId === entry.flagId)) {
      tell({ is: 'numbered', flagId: entry.flagId ?? '', version: entry.data.version, number: entry.number });
    }
  }
}

/** Errors that may be gone at the next try. 401 is one: after signing in again, the same person's answer still goes out. */
function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && ([0, 401, 429].includes(error.status) || error.status >= 500);
}

function find(key: string): Sent | undefined {
  return useOutbox.getState().sent.find((sent) => sent.key === key);
}

function tell(event: OutboxEvent): void {
  useOutbox.setState(({ sent }) => ({ sent: outboxAfter(sent, event) }));
}
