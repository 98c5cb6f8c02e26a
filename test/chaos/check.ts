import { admin } from '../kit/server-process.ts';
import type { ClientLog } from './load.ts';

/** What the history turned out to be, compared with what the clients wrote down. All zero (but the first two) is a pass. */
export interface Findings {
  acknowledged: number;
  stored: number;
  lost: number;
  doubled: number;
  outOfOrder: number;
  invented: number;
  gapsInRecord: number;
  flagsWithoutPrediction: number;
}

/** Asks the running server over HTTP alone, as any outsider could. */
export async function check(url: string, logs: readonly ClientLog[]): Promise<Findings> {
  const cookie = await signIn(url);
  const get = async <Answer>(path: string): Promise<Answer> => {
    const answer = await fetch(`${url}/api/v1${path}`, { headers: { cookie }, signal: AbortSignal.timeout(30_000) });
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const findings: Findings = {
    acknowledged: logs.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0),
    stored: 0,
    lost: 0,
    doubled: 0,
    outOfOrder: 0,
    invented: 0,
    gapsInRecord: 0,
    flagsWithoutPrediction: 0,
  };
  for (const stream of new Set(logs.map((log) => log.stream))) {
    await checkStream(
      stream,
      logs.filter((log) => log.stream === stream),
      get,
      findings,
    );
  }
  findings.gapsInRecord = await gapsInRecord(get);
  findings.flagsWithoutPrediction = await flagsWithoutPrediction(get);
  return findings;
}

type Get = <Answer>(path: string) => Promise<Answer>;

async function checkStream(stream: string, logs: readonly ClientLog[], get: Get, findings: Findings): Promise<void> {
  const positions = new Map<string, number>();
  for (let before = ''; ;) {
    const page: { items: { id: string; position: number }[]; next?: string } = await get(
      `/streams/${stream}/predictions?limit=500${before}`,
    );
    for (const { id, position } of page.items) {
      if (positions.has(id)) findings.doubled += 1;
      positions.set(id, position);
    }
    const last = page.items.at(-1);
    if (page.next === undefined || last === undefined) break;
    before = `&before=${String(last.position)}`;
  }
  findings.stored += positions.size;
  const known = new Set(logs.flatMap(({ acknowledged, unknown }) => [...acknowledged, ...unknown]));
  for (const id of positions.keys()) if (!known.has(id)) findings.invented += 1;
  for (const { acknowledged } of logs) {
    let last = 0;
    for (const id of acknowledged) {
      const position = positions.get(id);
      if (position === undefined) findings.lost += 1;
      else if (position < last) findings.outOfOrder += 1;
      else last = position;
    }
  }
}

async function gapsInRecord(get: Get): Promise<number> {
  let gaps = 0;
  for (let after = 0, expected = 1; ;) {
    const page: { items: { number: number }[]; head: number } = await get(`/record?after=${String(after)}&limit=1000`);
    for (const { number } of page.items) {
      if (number !== expected) gaps += 1;
      expected = number + 1;
    }
    const last = page.items.at(-1);
    if (last === undefined) return gaps;
    after = last.number;
  }
}

async function flagsWithoutPrediction(get: Get): Promise<number> {
  let without = 0;
  for (let after = ''; ;) {
    const page: { items: { stream: string; subject: { kind: string; prediction?: { id: string } } }[]; next?: string } =
      await get(`/flags?limit=200${after}`);
    for (const { stream, subject } of page.items) {
      if (subject.kind !== 'prediction') continue;
      const id = subject.prediction?.id;
      if (id === undefined) without += 1;
      else await get(`/predictions/${stream}/${encodeURIComponent(id)}`).catch(() => (without += 1));
    }
    if (page.next === undefined) return without;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(admin),
    signal: AbortSignal.timeout(10_000),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || cookie === undefined)
    throw new Error(`sign-in failed: ${String(answer.status)} ${await answer.text()}`);
  return cookie;
}
