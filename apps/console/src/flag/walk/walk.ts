import type { Flag } from '@watchfloor/contracts';
import type { Held } from '../held.ts';

/** Why nothing is on the screen once the server has been asked. */
export type Pause = { readonly is: 'clear' } | { readonly is: 'failed'; readonly because: string };

/**
 * A reviewer's walk through the queue: one flag on the screen, at most one more claimed ahead so that it can be painted
 * at once. `walks` is false where somebody opened one flag by its address: nothing is asked for then.
 */
export interface Walk {
  readonly walks: boolean;
  readonly current: Held | null;
  /** Claimed and not yet shown. */
  readonly ahead: Held | null;
  readonly isAsking: boolean;
  readonly pause: Pause | null;
  /** Why the flag on the screen can no longer be answered by me. */
  readonly loss: string | null;
  readonly hasLeft: boolean;
  /** The last flags handled here: my answer may still be on its way while the next flag is asked for. */
  readonly handled: readonly string[];
}

export type WalkEvent =
  | { readonly is: 'begun' }
  | { readonly is: 'arrived'; readonly held: Held }
  | { readonly is: 'none-waiting' }
  | { readonly is: 'not-reached'; readonly because: string }
  /** The flag on the screen was answered, skipped, put off, passed on or given back. */
  | { readonly is: 'handled'; readonly flagId: string }
  /** A flag comes back into my hands: undone, or claimed by name. It goes on the screen. */
  | { readonly is: 'handed'; readonly held: Held }
  | { readonly is: 'renewed'; readonly held: Held }
  | { readonly is: 'lost'; readonly flagId: string; readonly because: string }
  /** The flag was read again: others commented, or it gathered more. */
  | { readonly is: 'changed'; readonly flag: Flag }
  /** Something new may be waiting. */
  | { readonly is: 'work-came' }
  /** The one ahead is given back: nobody is looking. */
  | { readonly is: 'idled' }
  | { readonly is: 'left' };

/** What the walk wants done outside; the answer comes back as an event. */
export type WalkEffect =
  { readonly does: 'ask'; readonly not: readonly string[] } | { readonly does: 'release'; readonly held: Held };

export type Step = readonly [Walk, readonly WalkEffect[]];

const handledKept = 10;

export function startWalk(walks: boolean): Walk {
  return { walks, current: null, ahead: null, isAsking: false, pause: null, loss: null, hasLeft: false, handled: [] };
}

/** One step of the walk. Whatever I hold and do not answer is given back exactly once. */
export function walkAfter(walk: Walk, event: WalkEvent): Step {
  switch (event.is) {
    case 'begun':
      return asking({ ...walk, hasLeft: false, pause: null });
    case 'arrived':
      return arrived({ ...walk, isAsking: false, pause: null }, event.held);
    case 'none-waiting':
      return [{ ...walk, isAsking: false, pause: { is: 'clear' } }, []];
    case 'not-reached':
      return [{ ...walk, isAsking: false, pause: { is: 'failed', because: event.because } }, []];
    case 'handled':
      return walk.current?.flag.id === event.flagId ? movedOn(walk, event.flagId) : [walk, []];
    case 'handed':
      return handed(walk, event.held);
    case 'renewed':
      return [withHeld(walk, event.held.flag.id, () => event.held), []];
    case 'lost':
      return lost(walk, event.flagId, event.because);
    case 'changed':
      return [
        withHeld(walk, event.flag.id, (held) =>
          held.flag.version <= event.flag.version ? { ...held, flag: event.flag } : held,
        ),
        [],
      ];
    case 'work-came':
      return asking(walk);
    case 'idled':
      return walk.ahead === null ? [walk, []] : [{ ...walk, ahead: null }, [{ does: 'release', held: walk.ahead }]];
    case 'left':
      return [
        { ...walk, current: null, ahead: null, loss: null, hasLeft: true },
        [...givenBack(walk), ...(walk.ahead === null ? [] : [release(walk.ahead)])],
      ];
  }
}

function arrived(walk: Walk, held: Held): Step {
  const isMine = held.flag.id === walk.current?.flag.id || held.flag.id === walk.ahead?.flag.id;
  if (isMine) {
    return [withHeld(walk, held.flag.id, () => held), []];
  }
  if (walk.hasLeft || walk.ahead !== null) {
    return [walk, [release(held)]];
  }
  return walk.current === null ? asking({ ...walk, current: held, loss: null }) : [{ ...walk, ahead: held }, []];
}

function movedOn(walk: Walk, flagId: string): Step {
  const handled = [flagId, ...walk.handled].slice(0, handledKept);
  return asking({ ...walk, current: walk.ahead, ahead: null, loss: null, pause: null, handled });
}

function handed(walk: Walk, held: Held): Step {
  if (walk.hasLeft) {
    return [walk, [release(held)]];
  }
  if (walk.current?.flag.id === held.flag.id) {
    return [{ ...walk, current: held, loss: null }, []];
  }
  const ahead = walk.ahead?.flag.id === held.flag.id ? null : walk.ahead;
  const isStillMine = walk.current !== null && walk.loss === null;
  const next: Walk = {
    ...walk,
    current: held,
    ahead: isStillMine ? walk.current : ahead,
    loss: null,
    pause: null,
    handled: walk.handled.filter((id) => id !== held.flag.id),
  };
  return isStillMine && ahead !== null ? [next, [release(ahead)]] : [next, []];
}

function lost(walk: Walk, flagId: string, because: string): Step {
  if (walk.ahead?.flag.id === flagId) {
    return asking({ ...walk, ahead: null });
  }
  return walk.current?.flag.id === flagId ? [{ ...walk, loss: walk.loss ?? because }, []] : [walk, []];
}

/** Asks for one more, unless enough is in hand or already asked for. */
function asking(walk: Walk): Step {
  if (!walk.walks || walk.hasLeft || walk.isAsking || walk.ahead !== null) {
    return [walk, []];
  }
  const onScreen = walk.current === null ? [] : [walk.current.flag.id];
  return [{ ...walk, isAsking: true }, [{ does: 'ask', not: [...onScreen, ...walk.handled] }]];
}

function withHeld(walk: Walk, flagId: string, change: (held: Held) => Held): Walk {
  const { current, ahead } = walk;
  return {
    ...walk,
    current: current?.flag.id === flagId ? change(current) : current,
    ahead: ahead?.flag.id === flagId ? change(ahead) : ahead,
  };
}

function givenBack(walk: Walk): readonly WalkEffect[] {
  return walk.current === null || walk.loss !== null ? [] : [release(walk.current)];
}

function release(held: Held): WalkEffect {
  return { does: 'release', held };
}
