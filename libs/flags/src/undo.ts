import type { Refusal } from '@watchfloor/contracts';
import type { Grant } from './claim.ts';
import { moved, type Attempt, type FlagLife } from './flag-life.ts';
import { spanInWords } from './in-words.ts';
import { whyStale } from './why-not.ts';

/**
 * Takes one's own verdict back within the time for it, and gives the claim back with it. The undone verdict is kept, marked.
 *
 * @param grant the new lease
 * @returns the claimed flag; refused when there is no verdict, it is somebody else's or a superseding one, the time is over, or
 *   the flag has changed since
 */
export function undo(flag: FlagLife, attempt: Attempt, grant: Grant): FlagLife | Refusal {
  if (flag.stage.state !== 'settled') {
    return { refused: 'not-settled', because: 'There is no verdict to undo' };
  }
  const { verdict, undoUntil } = flag.stage.answered;
  if (verdict.by.id !== attempt.by.id) {
    return {
      refused: 'not-yours',
      because: `This is the verdict of ${verdict.by.name}: answer anew instead of undoing it`,
    };
  }
  if (flag.secondLook !== null) {
    return {
      refused: 'too-late-to-undo',
      because: 'An answer that was given blind stands: you have seen the others since',
    };
  }
  if (flag.audit?.state === 'adjudicated' && flag.audit.by === 'second') {
    return {
      refused: 'too-late-to-undo',
      because: 'Somebody has taken the second look already, and both answers are known: answer anew instead',
    };
  }
  if (undoUntil === null) {
    return { refused: 'too-late-to-undo', because: 'A correction is not undone: answer anew' };
  }
  if (undoUntil <= attempt.now) {
    const late = spanInWords(undoUntil, attempt.now);
    return { refused: 'too-late-to-undo', because: `The time to undo ran out ${late} ago: answer anew instead` };
  }
  return whyStale(flag, attempt) ?? moved(flag, { state: 'claimed', claim: { by: attempt.by, ...grant } });
}
