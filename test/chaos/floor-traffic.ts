import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordPage, ServedEntry } from '@watchfloor/contracts';
import { admin, ingestKey } from '../kit/server-process.ts';

const timeoutMs = 10_000;
const reviewer = { email: 'reviewer@watchfloor.test', password: 'another-long-password' };

/** @returns the administrator's cookie */
export async function signInAdmin(url: string): Promise<string> {
  return signIn(url, admin);
}

/** @returns the cookie of a new person who may not read about access */
export async function addReviewer(url: string, cookie: string): Promise<string> {
  await post(url, '/people', { ...reviewer, name: 'Reviewer', roles: ['reviewer'] }, { cookie });
  return signIn(url, reviewer);
}

/** Makes ingest keys one after another: entries that only some may read. Goes on over the server's absences. */
export async function adding(url: string, cookie: string, stop: AbortSignal): Promise<void> {
  for (let made = 0; !stop.aborted; made += 1) {
    await post(url, '/keys', { name: `key ${made}`, streams: ['*'] }, { cookie }).catch(() => undefined);
    await sleep(20);
  }
}

/** Sends predictions of which many raise a flag, now and then a great many at once. Goes on over the server's absences. */
export async function predicting(url: string, sender: number, stop: AbortSignal): Promise<void> {
  const authorization = `Bearer ${ingestKey}`;
  const run = Date.now();
  for (let batch = 0; !stop.aborted; batch += 1) {
    const count = batch % 40 === 39 ? 1_000 : 5;
    const items = Array.from({ length: count }, (_, item) => ({
      stream: `swarm-${sender}-${batch % 50}`,
      id: `${run}-${sender}-${batch}-${item}`,
      label: 'one',
      // Not a probability: the malformed detector flags it.
      confidence: 2,
    }));
    await post(url, '/predictions', items, { authorization }).catch(() => undefined);
    await sleep(25);
  }
}

/** @returns every entry, in the order of the numbers */
export async function readRecord(url: string, cookie: string): Promise<ServedEntry[]> {
  const entries: ServedEntry[] = [];
  for (;;) {
    const answer = await fetch(`${url}/api/v1/record?after=${entries.length}&limit=1000`, {
      headers: { cookie },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok) throw new Error(`the record answered ${answer.status}`);
    const { items } = (await answer.json()) as RecordPage;
    if (items.length === 0) return entries;
    entries.push(...items);
  }
}

async function signIn(url: string, credentials: typeof admin): Promise<string> {
  const answer = await post(url, '/auth/login', credentials, {});
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function post(url: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
