import type { Binding, Scope } from './bindings.ts';

export interface SheetScope {
  readonly name: string;
  readonly bindings: readonly Binding[];
}

/**
 * What the sheet shows: scopes of the screen under their names, several of one name together, the newest (the screen's
 * own) first and those of the frame last.
 */
export function sheetOf(scopes: readonly Scope[]): readonly SheetScope[] {
  const byName = new Map<string, Binding[]>();
  for (const { name, layer, bindings } of scopes) {
    const shown = bindings.filter(({ isQuiet }) => isQuiet !== true);
    if (layer === 'screen' && shown.length > 0) {
      byName.set(name, [...(byName.get(name) ?? []), ...shown]);
    }
  }
  const isFrame = (name: string) => (name === 'Everywhere' ? 1 : 0);
  return [...byName].map(([name, bindings]) => ({ name, bindings })).sort((a, b) => isFrame(a.name) - isFrame(b.name));
}
