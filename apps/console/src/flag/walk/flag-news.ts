import type { Held } from '../held.ts';
import type { LiveFlag } from '../../live/reduce.ts';

/** What the record says about a flag in my hands that I did not do on this screen. */
export type FlagNews =
  | { readonly is: 'same' }
  /** Something was added; the claim still holds. */
  | { readonly is: 'changed' }
  | { readonly is: 'lost'; readonly because: string };

/**
 * @param live the flag as the record has it; undefined while it is not known
 * @param me id of the person at this screen
 */
export function newsOf(held: Held, live: LiveFlag | undefined, me: string): FlagNews {
  if (live === undefined || live.version <= held.flag.version) {
    return { is: 'same' };
  }
  switch (live.state) {
    case 'settled':
      return { is: 'lost', because: `${nameOf(live.verdict?.by, me)} answered this flag` };
    case 'claimed':
      return live.claim?.by.id === me
        ? { is: 'changed' }
        : { is: 'lost', because: `${nameOf(live.claim?.by, me)} holds this flag now` };
    case 'open':
      return { is: 'lost', because: 'Your claim has ended and the flag went back to the queue' };
    case 'snoozed':
      return { is: 'lost', because: 'This flag was snoozed' };
    case 'lapsed':
      return { is: 'lost', because: 'Nobody answered in time, and the safe action was taken' };
    case 'withdrawn':
      return { is: 'lost', because: 'There is nothing to answer here any more: this question was withdrawn' };
  }
}

function nameOf(person: { readonly id: string; readonly name: string } | undefined, me: string): string {
  return person === undefined ? 'Somebody' : person.id === me ? 'You, in another window,' : person.name;
}
