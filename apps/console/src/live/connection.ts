/** What is known about the line to the server; instants in milliseconds of this machine's clock. */
export interface LineFacts {
  readonly isUp: boolean;
  /** Since when the socket is down; null while it is up. */
  readonly downSince: number | null;
  /** When the server was last heard; null before the first time. */
  readonly heardAt: number | null;
  /** When the next attempt to connect is due; null while up or while trying. */
  readonly retryAt: number | null;
  readonly attempt: number;
  /** Why the line is down, for a person. */
  readonly cause: string;
}

export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly ageMs: number }
  | { readonly phase: 'delayed'; readonly ageMs: number }
  | {
      readonly phase: 'offline';
      /** How old the shown values are; null where none ever came. */
      readonly ageMs: number | null;
      readonly cause: string;
      readonly retryInMs: number | null;
      readonly attempt: number;
    };

/** Without a word for so long, a connection is delayed. */
export const delayedAfterMs = 3_000;
/** A socket down for so long makes the console say that it is offline. */
export const offlineAfterMs = 5_000;
/** A socket that is up but silent for so long is as good as down. */
export const silentAfterMs = 15_000;

/** How the line stands at `now`. */
export function connectionAt(facts: LineFacts, now: number): Connection {
  const ageMs = facts.heardAt === null ? null : Math.max(0, now - facts.heardAt);
  const offline = (cause: string): Connection => ({
    phase: 'offline',
    ageMs,
    cause,
    retryInMs: facts.retryAt === null ? null : Math.max(0, facts.retryAt - now),
    attempt: facts.attempt,
  });
  if (!facts.isUp && facts.downSince !== null && now - facts.downSince > offlineAfterMs) {
    return offline(facts.cause);
  }
  if (ageMs === null) {
    return { phase: 'connecting' };
  }
  if (facts.isUp && ageMs > silentAfterMs) {
    return offline('the server has gone silent');
  }
  return ageMs > delayedAfterMs ? { phase: 'delayed', ageMs } : { phase: 'live', ageMs };
}

/**
 * How long to wait before the next attempt: doubling from 1 s to at most 30 s, the last quarter of it by chance, so
 * that a floor full of consoles does not knock in step.
 *
 * @param attempt 0 for the first wait
 * @param chance in [0, 1)
 */
export function retryDelayMs(attempt: number, chance: number): number {
  const whole = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (0.75 + 0.25 * chance));
}
