/**
 * How rare an event is, for each of several kinds: counted over the later half to three quarters of all that was seen, so
 * that the many firsts of a young stream are forgotten, and old ones of an old stream too.
 */
export interface RareEvents {
  /** Chances to happen, halved at {@link mostSeen}. */
  readonly seen: Uint16Array;
  /** Events since `seen` was last a power of two, and in the stretch before; at most 255. */
  readonly now: Uint8Array;
  readonly before: Uint8Array;
}

/** Rarer than one in about so many cannot be told. */
const mostSeen = 4_096;

export function noRareEvents(kinds: number): RareEvents {
  return { seen: new Uint16Array(kinds), now: new Uint8Array(kinds), before: new Uint8Array(kinds) };
}

/**
 * Takes in one chance of a kind of event.
 *
 * @returns if it happened: how often such a thing comes by the rule of succession, this time counted, in (0, 1]; 1 for what
 *   did not happen
 * @see Laplace, Essai philosophique sur les probabilites (1814), on the rule of succession
 */
export function noteChance(events: RareEvents, kind: number, hasHappened: boolean): number {
  const { seen, now, before } = events;
  const chance = hasHappened ? chanceOf(events, kind) : 1;
  if (hasHappened) {
    now[kind] = Math.min(255, (now[kind] ?? 0) + 1);
  }
  let count = (seen[kind] ?? 0) + 1;
  if ((count & (count - 1)) === 0) {
    before[kind] = now[kind] ?? 0;
    now[kind] = 0;
    count = count === mostSeen ? mostSeen / 2 : count;
  }
  seen[kind] = count;
  return chance;
}

/** How many chances the estimate for a kind rests on. */
export function chancesCounted({ seen }: RareEvents, kind: number): number {
  const count = seen[kind] ?? 0;
  return count < 2 ? count : count - (1 << (30 - Math.clz32(count)));
}

function chanceOf(events: RareEvents, kind: number): number {
  const happened = (events.now[kind] ?? 0) + (events.before[kind] ?? 0);
  const counted = chancesCounted(events, kind);
  return Math.min(1, (happened + 1) / (counted + 1));
}
