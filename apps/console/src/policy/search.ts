export interface PolicySearch {
  /** The draft that is open: its id, or `new`. */
  readonly draft?: string | undefined;
}

export function policySearch(raw: Readonly<Record<string, unknown>>): PolicySearch {
  return { draft: typeof raw.draft === 'string' && raw.draft !== '' ? raw.draft.slice(0, 40) : undefined };
}
