import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from '@watchfloor/contracts';
import { outcomeSchema } from '@watchfloor/contracts';
import { orRefuse, refuse } from '../../platform/http/refused.ts';
import { bodyKindOf } from '../intake/body-kind.ts';
import { heldAgainst, isFault } from '../intake/check-item.ts';
import type { ItemFault } from '../intake/item-limits.ts';
import { expectFewer, readJson, readLines } from '../intake/read-items.ts';

/** One item of a request: an outcome, or why it is none. */
export type ReadOutcome = { readonly outcome: Outcome } | ItemFault;

/**
 * Reads a body of outcomes: an object, a list of them, or JSON lines.
 *
 * @throws Refused for a body that is wrong as a whole
 */
export async function readOutcomes(
  headers: IncomingHttpHeaders,
  bytes: AsyncIterable<Buffer>,
): Promise<readonly ReadOutcome[]> {
  const kind = orRefuse(bodyKindOf(headers));
  const items: ReadOutcome[] = [];
  const sink = {
    add(item: ReadOutcome) {
      items.push(item);
      expectFewer(items.length);
    },
    // Nothing is stored before the last item is read.
    pass: () => Promise.resolve(),
  };
  if (kind === 'ndjson') await readLines({ bytes, hasArrived: () => false }, checkOutcome, sink);
  else if (kind === 'json') await readJson(bytes, checkOutcome, sink);
  else refuse('unsupported-content', 'outcomes are taken as application/json or application/x-ndjson');
  return items;
}

function checkOutcome(value: unknown): ReadOutcome {
  const held = heldAgainst(outcomeSchema, 'an outcome', value);
  return isFault(held) ? held : { outcome: held.value };
}
