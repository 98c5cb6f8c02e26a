import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Flag, Page, Policy, RecordPage } from '@watchfloor/contracts';
import { isReadable } from '@watchfloor/contracts';
import { quantile } from '../bench/table.ts';
import { admin, ingestKey, ServerProcess } from '../kit/server-process.ts';
import { Reviewer, type Desk } from './reviewer.ts';

export interface ReviewersOptions {
  readonly reviewers: number;
  /** How many flags they take; every one of them is to be settled. */
  readonly flags: number;
  /** So many reviewers vanish with a flag in their hands. */
  readonly vanishing: number;
  /** Flags of another stream that wait all the while, to make the queue long. */
  readonly waiting: number;
}

/** What the reviewers' own logs say, held against what the server has stored. Everything from `doubleClaims` to `unlike` must be 0. */
export interface ReviewersReport {
  readonly flags: number;
  readonly settled: number;
  readonly grants: number;
  /** Grants of a flag that somebody else held by an unexpired claim. */
  readonly doubleClaims: number;
  /** Flags that were never settled. */
  readonly lost: number;
  /** Flags with more than one verdict, or whose settling stands more or less than once in the record. */
  readonly notOnce: number;
  /** Answers without the claim, or under another's, that the server took. */
  readonly intrusions: number;
  /** Refusals and failures where there was no reason for any; a second press counts, too. */
  readonly errors: number;
  /** Flags whose stored verdict is not what their reviewer was told. */
  readonly unlike: number;
  /** Milliseconds from the end of a vanished reviewer's claim to the next grant, the longest. */
  readonly slowestReturnMs: number;
  readonly settledPerSecond: number;
  /** Milliseconds from asking for the next flag to having it. */
  readonly nextP50: number;
  readonly nextP95: number;
  readonly nextP99: number;
  /** Predictions per second that were taken in, each with a flag of its own. */
  readonly flaggedPerSecond: number;
}

const leaseSeconds = 10;
const stream = 'reviewed';
/** Long enough for every vanished claim to run out, over and over. */
const patienceMs = 120_000;

/** Many reviewers at one queue, over real HTTP: nobody gets what another holds, nothing is lost, each verdict counts once. */
export async function measureReviewers(options: ReviewersOptions): Promise<ReviewersReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'watchfloor-reviewers-'));
  const server = await ServerProcess.on(dataDir);
  try {
    await server.start();
    return await review(server.url, options);
  } finally {
    await server.stopAll();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function review(
  url: string,
  { reviewers, flags, vanishing, waiting }: ReviewersOptions,
): Promise<ReviewersReport> {
  const cookie = await signIn(url, admin.email, admin.password);
  await prepareStream(url, cookie, 'waiting');
  await prepareStream(url, cookie, stream);
  const startedAt = Date.now();
  await flagAll(url, 'waiting', waiting);
  await flagAll(url, stream, flags);
  const flaggedPerSecond = Math.round(((waiting + flags) / (Date.now() - startedAt)) * 1_000);

  const cookies: string[] = [];
  for (let number = 1; number <= reviewers; number += 1) cookies.push(await addReviewer(url, cookie, number));
  const desk: Desk = {
    url,
    stream,
    goal: flags,
    deadline: Date.now() + patienceMs,
    holders: new Map(),
    settled: new Map(),
  };
  const all = cookies.map(
    (each, index) =>
      new Reviewer(desk, { number: index + 1, cookie: each, vanishesAfter: index < vanishing ? 3 : Infinity }),
  );
  const reviewStartedAt = Date.now();
  await Promise.all(all.map((reviewer) => reviewer.work()));
  const seconds = (Date.now() - reviewStartedAt) / 1_000;

  const nextMs = all.flatMap((reviewer) => reviewer.nextMs);
  const sum = (of: (reviewer: Reviewer) => number): number => all.reduce((total, reviewer) => total + of(reviewer), 0);
  return {
    flags,
    settled: desk.settled.size,
    grants: nextMs.length,
    doubleClaims: sum((reviewer) => reviewer.doubleClaims),
    intrusions: sum((reviewer) => reviewer.intrusions),
    errors: sum((reviewer) => reviewer.errors),
    ...(await compare(url, cookie, desk)),
    slowestReturnMs: Math.max(0, ...all.flatMap((reviewer) => reviewer.returnMs)),
    settledPerSecond: Math.round(desk.settled.size / seconds),
    nextP50: Math.round(quantile(nextMs, 0.5)),
    nextP95: Math.round(quantile(nextMs, 0.95)),
    nextP99: Math.round(quantile(nextMs, 0.99)),
    flaggedPerSecond,
  };
}

/** Reads back what is stored, and holds it against what the reviewers were told. */
async function compare(url: string, cookie: string, { goal, settled }: Desk) {
  const stored: Flag[] = [];
  for (let after = ''; ;) {
    const page = await get<Page<Flag>>(url, cookie, `/flags?stream=${stream}&state=settled&limit=200${after}`);
    stored.push(...page.items);
    if (page.next === undefined) break;
    after = `&after=${page.next}`;
  }
  const settlings = new Map<string, number>();
  for (let after = 0; ;) {
    const page = await get<RecordPage>(
      url,
      cookie,
      `/record?stream=${stream}&kind=flag-settled&after=${after}&limit=1000`,
    );
    for (const entry of page.items.filter(isReadable)) {
      settlings.set(entry.flagId ?? '', (settlings.get(entry.flagId ?? '') ?? 0) + 1);
    }
    if (page.next === undefined) break;
    after = Number(page.next);
  }
  const isOnce = ({ id, verdicts }: Flag): boolean => verdicts.length === 1 && settlings.get(id) === 1;
  const isAlike = ({ id, verdicts: [verdict] }: Flag): boolean =>
    settled.get(id) === `${verdict?.by.name} ${verdict?.label}`;
  return {
    lost: goal - stored.length,
    notOnce: stored.filter((flag) => !isOnce(flag)).length + settlings.size - stored.length,
    unlike: stored.filter((flag) => !isAlike(flag)).length + settled.size - stored.length,
  };
}

/** Whether nobody got in anybody's way and nothing was lost; `slowestReturnMs` at most 5 s. */
export function isOrderly({
  doubleClaims,
  lost,
  notOnce,
  intrusions,
  errors,
  unlike,
  slowestReturnMs,
}: ReviewersReport): boolean {
  return (
    [doubleClaims, lost, notOnce, intrusions, errors, unlike].every((count) => count === 0) && slowestReturnMs <= 5_000
  );
}

const everything = {
  name: 'everything',
  when: [{ field: 'label', is: 'equals', than: 'fine' }],
  priority: 'P3',
};

/** Registers a stream and has a rule flag every prediction by itself; audits would ask for second looks besides. */
async function prepareStream(url: string, cookie: string, name: string): Promise<void> {
  await send(url, name, 0, 1);
  const policy = await get<Policy>(url, cookie, `/streams/${name}/policy`);
  const { detectors, review } = policy;
  const off = <Detector extends { enabled: boolean }>(detector: Detector): Detector => ({
    ...detector,
    enabled: false,
  });
  const body = {
    ...policy,
    labels: ['fine', 'toxic'],
    detectors: {
      ...detectors,
      'low-confidence': off(detectors['low-confidence']),
      'small-margin': off(detectors['small-margin']),
      silence: off(detectors.silence),
      burst: off(detectors.burst),
      'audit-sample': off(detectors['audit-sample']),
      rule: { enabled: true, rules: [everything] },
    },
    review: { ...review, leaseSeconds, maxOpenFlags: 100_000 },
  };
  const answer = await fetch(`${url}/api/v1/streams/${name}/policy`, {
    method: 'PUT',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the policy was refused: ${await answer.text()}`);
}

async function flagAll(url: string, name: string, count: number): Promise<void> {
  for (let from = 1; from <= count; from += 1_000) await send(url, name, from, Math.min(1_000, count - from + 1));
}

async function send(url: string, name: string, from: number, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => ({
    stream: name,
    id: `p${from + index}`,
    label: 'fine',
    confidence: 0.9,
  }));
  const answer = await fetch(`${url}/api/v1/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ingestKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(items),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

async function addReviewer(url: string, cookie: string, number: number): Promise<string> {
  const person = {
    email: `reviewer-${number}@watchfloor.test`,
    name: `Reviewer ${number}`,
    roles: ['reviewer'],
    password: admin.password,
  };
  const answer = await fetch(`${url}/api/v1/people`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(person),
  });
  if (!answer.ok) throw new Error(`a reviewer was refused: ${await answer.text()}`);
  return signIn(url, person.email, person.password);
}

async function signIn(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`signing in failed: ${await answer.text()}`);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function get<Answer>(url: string, cookie: string, path: string): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

if (process.argv[1] === import.meta.filename) {
  const [reviewers = 50, flags = 2_000, vanishing = 5, waiting = 0] = process.argv.slice(2).map(Number);
  const report = await measureReviewers({ reviewers, flags, vanishing, waiting });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = isOrderly(report) ? 0 : 1;
}
