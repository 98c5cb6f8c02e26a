import { isDatabaseAway } from '../../platform/http/database-away.ts';
import { sqlStateOf } from '../../platform/database/work.ts';
import type { Arrival } from './arrival.ts';
import { LaneLost } from './lane-ownership.ts';

/** How many transactions are spent on finding what spoils a batch, before the rest of it is given back. */
const mostTurns = 64;

/** Timeouts, full disks and the like (classes 53, 55, 57, 58, deadlocks): not the fault of what was to be stored. */
const passingStates = /^(?:08|25|40|53|55|57|58)/;

/** Whether a failure says something about the moment rather than about the batch. */
export function isPassing(error: unknown): boolean {
  return error instanceof LaneLost || isDatabaseAway(error) || passingStates.test(sqlStateOf(error) ?? '');
}

/**
 * Stores a batch that failed as a whole in halves, and those that fail in halves again, so that what spoils it is found and
 * refused by itself.
 *
 * @throws what the last turn threw, if that is passing or the search takes too long; some may be stored by then
 */
export async function storeApart(
  arrivals: readonly Arrival[],
  store: (some: readonly Arrival[]) => Promise<void>,
): Promise<undefined> {
  let turns = 0;
  const halve = async (some: readonly Arrival[]): Promise<void> => {
    const middle = Math.ceil(some.length / 2);
    for (const half of [some.slice(0, middle), some.slice(middle)]) await tryToStore(half);
  };
  const tryToStore = async (some: readonly Arrival[]): Promise<void> => {
    if (some.length === 0) return;
    turns += 1;
    try {
      await store(some);
    } catch (error) {
      if (isPassing(error) || turns >= mostTurns) throw error;
      const [only] = some;
      if (some.length === 1 && only !== undefined) {
        Object.assign(only, { outcome: 'refused', reason: 'could not be stored; the log of the server says why' });
      } else {
        await halve(some);
      }
    }
  };
  // The whole has failed already; a single one gets its second chance, as it would in a batch.
  await (arrivals.length === 1 ? tryToStore(arrivals) : halve(arrivals));
  return undefined;
}
