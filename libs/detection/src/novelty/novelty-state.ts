import type { Allowance } from '../statistics/allowance.ts';
import { mostFields, type FieldNames } from '../statistics/field-names.ts';
import type { HalfSpaceTrees } from '../statistics/half-space-trees.ts';
import type { RareEvents } from '../statistics/rare-events.ts';
import type { RareScores } from '../statistics/rare-scores.ts';
import type { RunningCovariance } from '../statistics/running-covariance.ts';
import type { RunningRanges } from '../statistics/running-ranges.ts';
import type { SeenValues } from '../statistics/seen-values.ts';

export interface NoveltyState {
  readonly fields: FieldNames;
  /** Which kinds of values a field has had, by place; see `kindBits` of the detector. */
  readonly kinds: Uint8Array;
  /** The block of a field's values by place, counted from 1; 0 for none yet, 255 for a field of too many values. */
  readonly blocks: Uint8Array;
  /** The running range of a field by place, counted from 1; 0 for none. */
  readonly slots: Uint8Array;
  /** Running ranges in use. */
  numbers: number;
  readonly seen: SeenValues;
  readonly rare: RareEvents;
  readonly ranges: RunningRanges;
  /** Two views of the numbers together, and how far out the stream's predictions were in each. */
  readonly trees: HalfSpaceTrees;
  readonly masses: RareScores;
  readonly covariance: RunningCovariance;
  readonly distances: RareScores;
  readonly allowance: Allowance;
  readonly derived: { readonly places: Float64Array; readonly rarest: Rarest };
}

/** The rarest thing about a prediction. */
export interface Rarest {
  /** How often such a thing comes, in (0, 1]. */
  chance: number;
  what: 'label' | 'value' | 'kind' | 'fields' | 'beyond' | 'together';
  /** Of the field, where there is one; for numbers together, how many predictions it is told from. */
  place: number;
  /** Of a number beyond: its value, and the range before it. */
  value: number;
  low: number;
  high: number;
}

/** Behind the places of fields: the answer, and the set of fields named. */
export const labelPlace = mostFields;
export const shapePlace = mostFields + 1;
