/** Ranges of a stream's charts, in minutes. */
export const ranges = { '15m': 15, '1h': 60, '6h': 360, '24h': 1_440 } as const;
export type Range = keyof typeof ranges;
export const allRanges = Object.keys(ranges) as readonly Range[];

export interface StreamSearch {
  /** Default 15 minutes. */
  readonly range?: Range | undefined;
}

export function streamSearch(raw: Readonly<Record<string, unknown>>): StreamSearch {
  return { range: allRanges.find((range) => range === raw.range) };
}
