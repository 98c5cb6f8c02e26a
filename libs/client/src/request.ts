import type { IngestReport } from '@watchfloor/contracts';

/** What one request came to. */
export type Reply =
  | { readonly kind: 'report'; readonly report: IngestReport }
  /** Worth another try with the same items: ids make that harmless. */
  | { readonly kind: 'again'; readonly retryAfterSeconds: number; readonly reason: string }
  /** Another try would end the same way. */
  | { readonly kind: 'never'; readonly reason: string };

const nothingAccepted = 422;

/** How long an answer is waited for. */
export interface Patience {
  readonly timeoutMs: number;
  /** Breaks the request off at once. */
  readonly signal: AbortSignal;
}

/** Sends one NDJSON body. Never throws: everything that can go wrong is a reply. */
export async function post(url: string, key: string, body: string, { timeoutMs, signal }: Patience): Promise<Reply> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      redirect: 'error',
    });
    return await read(answer);
  } catch (error) {
    return { kind: 'again', retryAfterSeconds: 0, reason: String(error) };
  }
}

async function read(answer: Response): Promise<Reply> {
  if (answer.ok || answer.status === nothingAccepted) {
    const report = (await answer.json()) as Partial<IngestReport>;
    const { accepted = 0, duplicates = 0, rejected } = report;
    if (rejected !== undefined) return { kind: 'report', report: { accepted, duplicates, rejected } };
  }
  const reason = `${String(answer.status)} ${(await answer.text()).slice(0, 500)}`;
  const isPassing = answer.status === 408 || answer.status === 429 || answer.status >= 500;
  if (!isPassing) return { kind: 'never', reason };
  return { kind: 'again', retryAfterSeconds: secondsIn(answer.headers.get('retry-after')), reason };
}

/** Our server gives seconds; a date, which a proxy might give, leaves the wait to the backoff. */
function secondsIn(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}
