import type { Held } from '../held.ts';
import type { Walk } from './walk.ts';

/** Nobody has touched anything for so long: the flag ahead goes back to the others. */
export const aheadIdleMs = 60_000;
/** The same for the flag on the screen: its claim is no longer renewed, and runs out in sight of everybody. */
export const currentIdleMs = 300_000;

/**
 * The claims whose time for a heartbeat has come: a quarter of the lease after the last one. A claim that was lost, or
 * that nobody is looking after, is left to run out.
 *
 * @param activeAtMs when the person last touched the page
 */
export function dueForRenewal(walk: Walk, nowMs: number, activeAtMs: number): readonly Held[] {
  const isAway = nowMs - activeAtMs >= currentIdleMs;
  return [walk.loss === null ? walk.current : null, walk.ahead]
    .filter((held) => held !== null)
    .filter((held) => !isAway && nowMs >= held.renewedAtMs + (held.expiresAtMs - held.renewedAtMs) / 4);
}

/** Whether the flag ahead is kept from the others for nothing. */
export function isAheadIdle(walk: Walk, nowMs: number, activeAtMs: number): boolean {
  return walk.ahead !== null && nowMs - activeAtMs >= aheadIdleMs;
}

/** Flags whose claim has run out by now, by this machine's clock. */
export function runOut(walk: Walk, nowMs: number): readonly Held[] {
  return [walk.loss === null ? walk.current : null, walk.ahead]
    .filter((held) => held !== null)
    .filter((held) => nowMs >= held.expiresAtMs);
}
