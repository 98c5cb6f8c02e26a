import type { Priority } from '@watchfloor/contracts';

/** So many causes are bundled at once; flags of further ones stay alone, and the throttle takes care of them. */
export const mostBundles = 1_000;

/** Flags of one cause within a flood. */
export interface FlagBundle {
  readonly cause: string;
  /** The first of them: the one that people are told of. */
  readonly leadId: string;
  readonly flags: number;
}

export type FlagBundles = ReadonlyMap<string, FlagBundle>;

export const noBundles: FlagBundles = new Map();

/** What becomes of a flag: nothing special, the lead of a bundle, or one more under a lead. It stays in the queue always. */
export type BundleDecision =
  { readonly kind: 'alone' } | { readonly kind: 'leads' } | { readonly kind: 'joins'; readonly leadId: string };

/**
 * Bundles like flags under one cause while an operator is flooded. People are told of the first of a cause and of every P1; the others
 * join the first. Outside a flood every flag is alone, and the bundles are forgotten.
 *
 * @param flag its `cause` is what makes flags alike: the stream and the group of its kinds, say
 */
export function bundleFlag(
  bundles: FlagBundles,
  flag: { readonly id: string; readonly cause: string; readonly priority: Priority },
  isInFlood: boolean,
): { readonly bundles: FlagBundles; readonly decision: BundleDecision } {
  if (!isInFlood) {
    return { bundles: noBundles, decision: { kind: 'alone' } };
  }
  const bundle = bundles.get(flag.cause);
  if (flag.priority === 'P1' || (bundle === undefined && bundles.size >= mostBundles)) {
    return { bundles, decision: { kind: 'alone' } };
  }
  const { leadId, flags } = bundle ?? { leadId: flag.id, flags: 0 };
  return {
    bundles: new Map([...bundles, [flag.cause, { cause: flag.cause, leadId, flags: flags + 1 }]]),
    decision: bundle === undefined ? { kind: 'leads' } : { kind: 'joins', leadId },
  };
}
