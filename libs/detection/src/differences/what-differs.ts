import type { Prediction } from '@watchfloor/contracts';
import { cellsOf } from './cells-of.ts';
import type { Column } from './columns-of.ts';
import { columnsOf } from './columns-of.ts';

/** What a prediction is described by. */
export type Described = Pick<Prediction, 'features' | 'segments' | 'model'>;

/** How one feature or segment differs in a window from what is usual. */
export interface Difference {
  readonly kind: 'segment' | 'feature' | 'model';
  readonly name: string;
  /**
   * The share of the window that would have to be other than it is for both to be alike, beyond what chance alone makes of
   * samples of this size; in [0, 1].
   */
  readonly effect: number;
  /** The value that is more frequent than usual by most: a category, or a stretch of numbers. */
  readonly leading: { readonly value: string; readonly share: number; readonly usualShare: number };
  /** How many of the window, and of the baseline, say anything of it. */
  readonly support: { readonly window: number; readonly baseline: number };
  /** Whether samples of this size hardly differ so by chance: at most once in a hundred windows, over all that was looked at. */
  readonly isSure: boolean;
}

/** A cell with fewer than this many in the window says nothing. */
const leastSupport = 5;
/** Chance that any cell of a window without differences is called sure. */
const level = 0.01;

/**
 * Features and segments by how much their distribution in a window differs from the baseline: what is sure before what is not,
 * then segments before the model before features (a segment says where to look, a feature what it looks like there), then the
 * most different first.
 *
 * The effect is the total variation distance between the two samples over categories, or over tenths of the baseline for
 * numbers, less its expectation under no difference (half the sum of the cells' mean absolute deviations, normal). What is sure
 * holds over all cells together: |Z| of the leading cell is beyond the Gaussian tail bound 2 exp(-z²/2) at level/cells (Bonferroni).
 *
 * @param window at most a few thousand, as is the baseline; hostile values are counted as text or left out
 */
export function whatDiffers(window: readonly Described[], baseline: readonly Described[]): Difference[] {
  const inWindow = columnsOf(window);
  const usual = columnsOf(baseline);
  const found: Difference[] = [];
  const compared = [...inWindow.values()].flatMap((column) => {
    const usually = usual.get(column.key);
    return usually === undefined ? [] : [{ column, usually, cells: cellsOf(column.values, usually.values) }];
  });
  const looks = compared.reduce((sum, { cells }) => sum + cells.length, 0);
  for (const { column, usually, cells } of compared) {
    if (column.values.length < leastSupport || usually.values.length < leastSupport || cells.length < 2) continue;
    const difference = differenceOf(column, usually, cells, looks);
    if (difference.effect > 0) found.push(difference);
  }
  return found.sort(
    (one, other) =>
      Number(other.isSure) - Number(one.isSure) || order[one.kind] - order[other.kind] || other.effect - one.effect,
  );
}

const order = { segment: 0, model: 1, feature: 2 } as const;

function differenceOf(
  { kind, name, values }: Column,
  usually: Column,
  cells: ReturnType<typeof cellsOf>,
  looks: number,
): Difference {
  const [here, there] = [values.length, usually.values.length];
  let distance = 0;
  let byChance = 0;
  let leading = { value: '', share: 0, usualShare: 0, gain: -1, z: 0 };
  for (const cell of cells) {
    const share = cell.window / here;
    const usualShare = cell.baseline / there;
    const pooled = (cell.window + cell.baseline) / (here + there);
    const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / here + 1 / there));
    const gain = share - usualShare;
    distance += Math.abs(gain) / 2;
    byChance += (deviation * Math.sqrt(2 / Math.PI)) / 2;
    if (gain > leading.gain)
      leading = { value: cell.value, share, usualShare, gain, z: deviation === 0 ? 0 : gain / deviation };
  }
  const { value, share, usualShare, z } = leading;
  return {
    kind,
    name,
    // A sum of rounded shares may pass 1 by a hair.
    effect: Math.min(1, Math.max(0, (distance - byChance) / (1 - Math.min(0.99, byChance)))),
    leading: { value, share, usualShare },
    support: { window: here, baseline: there },
    isSure: z >= Math.sqrt(2 * Math.log((2 * looks) / level)),
  };
}
