import type { ClaimedFlag, Flag } from '@watchfloor/contracts';

/** A flag that I hold, with the token that proves it; instants in milliseconds of this machine's clock. */
export interface Held {
  readonly flag: Flag;
  readonly token: string;
  readonly renewedAtMs: number;
  readonly expiresAtMs: number;
}

/**
 * A granted claim, its end moved to this machine's clock.
 *
 * @param skewMs the server's clock minus ours
 */
export function heldOf({ flag, claim }: ClaimedFlag, nowMs: number, skewMs: number): Held {
  return { flag, token: claim.token, renewedAtMs: nowMs, expiresAtMs: Date.parse(claim.expiresAt) - skewMs };
}
