import type { LiveFlag } from '../live/reduce.ts';

/** One thing that the palette can do or go to. */
export interface PaletteItem {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly text: string;
  /** Beside the text, smaller. */
  readonly hint?: string;
  /** Further words by which it is found. */
  readonly also?: string;
}

export const paletteGroups = { screen: 'Screens', command: 'Commands', stream: 'Streams', flag: 'Flags' } as const;
export type PaletteGroup = keyof typeof paletteGroups;

const groupsInOrder = Object.keys(paletteGroups) as readonly PaletteGroup[];
const perGroup = 8;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What the palette lists for a typed text, group by group: every word of the text must be found, and what begins with the
 * text comes first. Without a text, flags are left out; a whole flag id is offered even where the flag is not known.
 */
export function foundItems(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/);
  const found = items.filter((item) => {
    const haystack = `${item.text} ${item.also ?? ''}`.toLowerCase();
    return text === '' ? item.group !== 'flag' : words.every((word) => haystack.includes(word));
  });
  const begins = ({ text: name }: PaletteItem) => (name.toLowerCase().startsWith(text) ? 0 : 1);
  const sorted = groupsInOrder.flatMap((group) =>
    found
      .filter((item) => item.group === group)
      .sort((a, b) => begins(a) - begins(b))
      .slice(0, perGroup),
  );
  return uuid.test(text) && !sorted.some(({ id }) => id === `flag ${text}`)
    ? [...sorted, { id: `flag ${text}`, group: 'flag', text: `Flag ${text}` }]
    : sorted;
}

/** Flags that are known on this screen, found by any part of their id, their stream or their prediction's id. */
export function flagItems(flags: Iterable<LiveFlag>): readonly PaletteItem[] {
  return [...flags].map((flag) => ({
    id: `flag ${flag.id}`,
    group: 'flag' as const,
    text: `${flag.priority} ${flag.stream} ${flag.id.slice(-8)}`,
    hint: flag.state,
    also: `${flag.id} ${flag.predictionId ?? ''}`,
  }));
}
