import type { Priority } from '@watchfloor/contracts';

/** How much one person is told at most. */
export interface ThrottleSettings {
  /** Messages in any stretch of `windowSeconds`, bundles included; P1 and the first of a kind come on top. Default 5. */
  readonly mostInWindow: number;
  /** Default 300. */
  readonly windowSeconds: number;
}

export const defaultThrottle: ThrottleSettings = { mostInWindow: 5, windowSeconds: 300 };

/** A bundle goes out when it holds so many, whatever the window says: a queue without an end would be a loss too. */
export const mostInBundle = 1_000;
/** So many kinds are remembered for the window; where there are more at once, a new one is no longer news. */
export const mostKinds = 200;

/** What a throttle knows of one person. Times are milliseconds since 1970. */
export interface Throttle {
  /** The last `mostInWindow` times at which something was sent that had to keep to the window, oldest first. */
  readonly sentMs: readonly number[];
  /** When each kind was last heard of. */
  readonly kindsMs: ReadonlyMap<string, number>;
  /** Ids of the notices that wait to be sent as one, oldest first. */
  readonly waiting: readonly string[];
  /** The highest time seen. A clock that is put back frees nothing and blocks nothing. */
  readonly nowMs: number;
}

export interface ThrottledNotice {
  readonly id: string;
  /** What makes notices alike: the stream and the cause, say. */
  readonly kind: string;
  readonly priority: Priority;
}

export interface Throttled {
  readonly throttle: Throttle;
  /** Ids to send now, each list as one message; empty while the notice waits. */
  readonly send: readonly (readonly string[])[];
}

export const freshThrottle: Throttle = { sentMs: [], kindsMs: new Map(), waiting: [], nowMs: 0 };

/**
 * Passes a notice on, or lets it wait for the next bundle. Nothing is ever dropped: each id is sent exactly once, by this or
 * by {@link flush}.
 *
 * P1 and the first of a kind within the window are sent at once, by themselves, and take nobody's place: else a steady trickle of them
 * would keep a bundle waiting for ever. Others are sent while fewer than `mostInWindow` went out in the window and nothing
 * waits before them.
 */
export function throttled(
  before: Throttle,
  notice: ThrottledNotice,
  atMs: number,
  settings: ThrottleSettings = defaultThrottle,
): Throttled {
  const throttle = forgotten(before, atMs, settings);
  const isFirst = !throttle.kindsMs.has(notice.kind) && throttle.kindsMs.size < mostKinds;
  const heard = { ...throttle, kindsMs: withKind(throttle, notice.kind) };
  const isFree = heard.waiting.length === 0 && freeAtMs(heard, settings) <= heard.nowMs;
  if (notice.priority === 'P1' || isFirst) {
    return { throttle: heard, send: [[notice.id]] };
  }
  if (isFree) {
    return { throttle: withSent(heard, settings), send: [[notice.id]] };
  }
  const waiting = [...heard.waiting, notice.id];
  return waiting.length >= mostInBundle
    ? { throttle: withSent({ ...heard, waiting: [] }, settings), send: [waiting] }
    : { throttle: { ...heard, waiting }, send: [] };
}

/** When the bundle that waits is due, in milliseconds since 1970; null while nothing waits. */
export function bundleDueMs(throttle: Throttle, settings: ThrottleSettings = defaultThrottle): number | null {
  return throttle.waiting.length === 0 ? null : freeAtMs(throttle, settings);
}

/** Sends what waits as one message, if it is due. */
export function flush(before: Throttle, atMs: number, settings: ThrottleSettings = defaultThrottle): Throttled {
  const throttle = forgotten(before, atMs, settings);
  const dueMs = bundleDueMs(throttle, settings);
  return dueMs === null || dueMs > throttle.nowMs
    ? { throttle, send: [] }
    : { throttle: withSent({ ...throttle, waiting: [] }, settings), send: [throttle.waiting] };
}

/** From when on the window has room. */
function freeAtMs({ sentMs }: Throttle, { mostInWindow, windowSeconds }: ThrottleSettings): number {
  const oldest = sentMs[sentMs.length - mostInWindow];
  return oldest === undefined ? -Infinity : oldest + windowSeconds * 1_000;
}

function forgotten(throttle: Throttle, atMs: number, { windowSeconds }: ThrottleSettings): Throttle {
  const nowMs = Math.max(throttle.nowMs, atMs);
  const kindsMs = new Map([...throttle.kindsMs].filter(([, heardMs]) => heardMs > nowMs - windowSeconds * 1_000));
  return { ...throttle, nowMs, kindsMs };
}

function withKind({ kindsMs, nowMs }: Throttle, kind: string): ReadonlyMap<string, number> {
  return kindsMs.has(kind) || kindsMs.size < mostKinds ? new Map([...kindsMs, [kind, nowMs]]) : kindsMs;
}

function withSent(throttle: Throttle, { mostInWindow }: ThrottleSettings): Throttle {
  return { ...throttle, sentMs: [...throttle.sentMs, throttle.nowMs].slice(-mostInWindow) };
}
