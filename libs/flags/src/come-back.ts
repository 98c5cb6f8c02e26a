import type { Instant, Refusal } from '@watchfloor/contracts';
import { moved, type FlagLife } from './flag-life.ts';

const open = { state: 'open' } as const;

/** Gives a flag back to the queue when its claim has run out. @returns the open flag; refused while nothing has run out */
export function expire(flag: FlagLife, now: Instant): FlagLife | Refusal {
  return flag.stage.state === 'claimed' && flag.stage.claim.expiresAt <= now
    ? moved(flag, open)
    : { refused: 'not-yet-possible', because: 'No claim has run out on this flag' };
}

/** Brings a flag back whose snooze is over. @returns the open flag; refused while it may sleep on */
export function wake(flag: FlagLife, now: Instant): FlagLife | Refusal {
  return flag.stage.state === 'snoozed' && flag.stage.until <= now
    ? moved(flag, open)
    : { refused: 'not-yet-possible', because: 'This flag is not snoozed, or not yet to be woken' };
}
