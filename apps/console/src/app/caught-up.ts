import type { CaughtUp } from '../live/store.ts';

/** `caught up: 214 events, 3 flags` */
export function caughtUpWords({ events, flags }: CaughtUp): string {
  const counted = `Caught up: ${count(events, 'event')}`;
  return flags === null ? counted : `${counted}, ${count(flags, 'flag')}`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}
