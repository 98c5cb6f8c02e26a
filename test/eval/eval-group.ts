/** One figure of the table: what is published or what a peer reaches, and what Watchfloor reaches on the same data. */
export interface EvalRow {
  readonly what: string;
  /** The published or peer figure with its owner, in the unit of `figure`; `-` where there is none. */
  readonly peer: string;
  readonly figure: number;
  /** Default: the figure, with at most four digits. */
  readonly shown?: string;
  /** What the project wants of the figure. The short form carries its own, with slack, and the tests hold it. */
  readonly aim?: Aim;
  /** Data, split, seeds, runs: what one needs to measure it again. */
  readonly setting: string;
}

/** Bounds that a figure should keep, ends included. */
export interface Aim {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A figure that could not be measured, and what is missing for it. */
export interface UnmeasuredRow {
  readonly what: string;
  readonly missing: string;
}

export interface EvalContext {
  /** The fast form that the tests run: fewer runs, aims with slack. */
  readonly isShort: boolean;
  /** The folder of data that does not ship with the project; null when none was named. */
  readonly dataFolder: string | null;
  /** Tells a person that waits how far it is; goes to stderr. */
  readonly progress: (text: string) => void;
}

/** Figures that belong together. Adding a group: one file, and one line in `groups.ts`. */
export interface EvalGroup {
  /** As in `npm run eval -- NAME`. */
  readonly name: string;
  readonly title: string;
  /** Sentences that a reader of the figures must know: what peers get that we do not, what was tuned where. */
  readonly notes: readonly string[];
  readonly measure: (context: EvalContext) => Promise<readonly (EvalRow | UnmeasuredRow)[]>;
}

export function isMeasured(row: EvalRow | UnmeasuredRow): row is EvalRow {
  return 'figure' in row;
}

/** Whether a figure keeps its aim; a row without one always does. NaN keeps none. */
export function keepsAim({ figure, aim = {} }: EvalRow): boolean {
  const { atLeast = -Infinity, atMost = Infinity } = aim;
  return figure >= atLeast && figure <= atMost;
}
