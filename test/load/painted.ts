import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientToServer, Policy, ServerToClient } from '@watchfloor/contracts';
import { isReadable } from '@watchfloor/contracts';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { quantile } from '../bench/table.ts';
import { openBrowser, signInByScreen } from '../kit/browser.ts';
import { ServerProcess, admin, ingestKey } from '../kit/server-process.ts';

export interface PaintedOptions {
  readonly perSecond: number;
  readonly seconds: number;
  /** Open consoles; one is a real browser, the others are sockets that listen to everything. */
  readonly consoles: number;
}

export interface Painted {
  readonly sent: number;
  readonly flags: number;
  /** Flags that the browser never showed. */
  readonly unseen: number;
  /** Milliseconds from sending the request to the frame that shows the flag. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const streams = ['alpha', 'beta', 'gamma', 'delta'] as const;
const tickMs = 20;
/** One prediction in so many is unsure. */
const unsureEvery = 100;

/** How long a prediction takes from being sent to its flag being painted, with a steady stream and many consoles open. */
export async function measurePainted({ perSecond, seconds, consoles }: PaintedOptions): Promise<Painted> {
  const dataDir = await mkdtemp(join(tmpdir(), 'watchfloor-painted-'));
  const server = await ServerProcess.on(dataDir);
  const browser = await openBrowser();
  const sockets: Socket<ServerToClient, ClientToServer>[] = [];
  try {
    await server.start();
    const cookie = await prepareStreams(server.url);
    const { page } = await signInByScreen(browser, server.url, admin);
    await page.evaluate(watchPaint);
    const flagged = new Map<number, string>();
    for (let number = 1; number < consoles; number += 1) sockets.push(await listen(server.url, cookie));
    sockets[0]?.on('entry', (entry) => {
      if (!isReadable(entry) || entry.kind !== 'flag-raised') return;
      if (entry.data.flag.predictionId !== undefined) flagged.set(entry.number, entry.data.flag.predictionId);
    });

    const sentAt = await sendSteadily(server.url, perSecond, seconds);
    await sleep(2_000);
    const paintedAt = new Map(await page.evaluate(() => [...window.paintedAt]));
    const delays = [...flagged].flatMap(([number, id]) => {
      const painted = paintedAt.get(number);
      const sent = sentAt.get(id);
      return painted === undefined || sent === undefined ? [] : [painted - sent];
    });
    return {
      sent: sentAt.size,
      flags: flagged.size,
      unseen: flagged.size - delays.length,
      p50: Math.round(quantile(delays, 0.5)),
      p95: Math.round(quantile(delays, 0.95)),
      p99: Math.round(quantile(delays, 0.99)),
    };
  } finally {
    for (const socket of sockets) socket.disconnect();
    await browser.close();
    await server.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  }
}

declare global {
  interface Window {
    paintedAt: Map<number, number>;
  }
}

/** Runs in the page: notes the wall clock of the frame after an entry's row came into the document. */
function watchPaint(): void {
  window.paintedAt = new Map();
  new MutationObserver(() => {
    const fresh = [...document.querySelectorAll<HTMLElement>('[data-entry]')]
      .map((row) => Number(row.dataset.entry))
      .filter((number) => !window.paintedAt.has(number));
    if (fresh.length === 0) return;
    requestAnimationFrame(() => {
      for (const number of fresh) if (!window.paintedAt.has(number)) window.paintedAt.set(number, Date.now());
    });
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-entry'] });
}

/** Registers the streams and makes low confidence a plain threshold, so that exactly the unsure ones are flagged. */
async function prepareStreams(url: string): Promise<string> {
  await post(
    url,
    streams.map((stream) => body(stream, 'first', 0.9)),
  );
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(admin),
  });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  for (const stream of streams) {
    const address = `${url}/api/v1/streams/${stream}/policy`;
    const policy = (await (await fetch(address, { headers: { cookie } })).json()) as Policy;
    const off = { enabled: false } as const;
    const detectors = {
      ...policy.detectors,
      'low-confidence': { ...policy.detectors['low-confidence'], threshold: 0.5 },
      'small-margin': { ...policy.detectors['small-margin'], ...off },
      'audit-sample': { ...policy.detectors['audit-sample'], ...off },
    };
    const changed = await fetch(address, {
      method: 'PUT',
      headers: { cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ ...policy, detectors }),
    });
    if (!changed.ok) throw new Error(`the policy was refused: ${await changed.text()}`);
  }
  return cookie;
}

async function listen(url: string, cookie: string): Promise<Socket<ServerToClient, ClientToServer>> {
  const socket: Socket<ServerToClient, ClientToServer> = io(`${url}/live`, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin: url },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.emit('subscribe', { streams: ['*'] });
  return socket;
}

async function sendSteadily(url: string, perSecond: number, seconds: number): Promise<Map<string, number>> {
  const sentAt = new Map<string, number>();
  const perTick = Math.round((perSecond * tickMs) / 1000);
  const answers: Promise<void>[] = [];
  const startMs = Date.now();
  for (let tick = 0; tick * tickMs < seconds * 1000; tick += 1) {
    await sleep(Math.max(0, startMs + tick * tickMs - Date.now()));
    const items = Array.from({ length: perTick }, (_, item) => {
      const number = tick * perTick + item;
      const isUnsure = number % unsureEvery === 0;
      const stream = streams[Math.floor(number / unsureEvery) % streams.length] ?? 'alpha';
      const id = `${isUnsure ? 'unsure' : 'sure'}-${number}`;
      if (isUnsure) sentAt.set(id, Date.now());
      return body(stream, id, isUnsure ? 0.3 : 0.8 + ((number * 7919) % 1000) / 5001);
    });
    answers.push(post(url, items));
  }
  await Promise.all(answers);
  return sentAt;
}

function body(stream: string, id: string, confidence: number) {
  return { stream, id, label: 'yes', confidence, features: { length: id.length } };
}

async function post(url: string, items: readonly object[]): Promise<void> {
  const answer = await fetch(`${url}/api/v1/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(items),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
}

if (process.argv[1] === import.meta.filename) {
  const [perSecond = 1_000, seconds = 30, consoles = 20] = process.argv.slice(2).map(Number);
  const painted = await measurePainted({ perSecond, seconds, consoles });
  process.stdout.write(`${JSON.stringify(painted, null, 2)}\n`);
}
