export interface WatchSearch {
  /** Shows streams whose name contains this. */
  readonly filter?: string | undefined;
  /** Without rail and strip, for a wall. */
  readonly kiosk?: boolean | undefined;
}

export function watchSearch(raw: Readonly<Record<string, unknown>>): WatchSearch {
  const filter = typeof raw.filter === 'string' || typeof raw.filter === 'number' ? String(raw.filter) : '';
  return {
    filter: filter === '' ? undefined : filter.slice(0, 64),
    kiosk: raw.kiosk === true ? true : undefined,
  };
}
