import type { Actor } from '@watchfloor/contracts';
import type { SignedIn } from '../platform/http/principal.ts';

/** Who reads flags and predictions: what they could still answer blind is kept from them. */
export interface Viewer {
  readonly personId: string;
  readonly mayDecide: boolean;
}

/** Who acts on a flag, and reads what becomes of it. */
export interface Doer extends Viewer {
  readonly actor: Actor;
}

export function viewerOf({ person, permissions }: Pick<SignedIn, 'person' | 'permissions'>): Viewer {
  return { personId: person.id, mayDecide: permissions.has('flags.decide') };
}

export function doerOf(who: Pick<SignedIn, 'person' | 'permissions'>): Doer {
  const { id, name } = who.person;
  return { ...viewerOf(who), actor: { id, name } };
}
