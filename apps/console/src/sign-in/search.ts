export interface SignInSearch {
  /** Where to go afterwards: a path of this console. */
  readonly to?: string | undefined;
  /** A one-time link's token. */
  readonly link?: string | undefined;
  /** The session ended while somebody was at work. */
  readonly isOver?: boolean | undefined;
}

export function signInSearch(raw: Readonly<Record<string, unknown>>): SignInSearch {
  return {
    to: typeof raw.to === 'string' ? ownPath(raw.to) : undefined,
    link: typeof raw.link === 'string' || typeof raw.link === 'number' ? String(raw.link) : undefined,
    isOver: raw.isOver === true ? true : undefined,
  };
}

/** Only paths of this console: an address elsewhere would make our door a way to a stranger's. */
export function ownPath(path: string): string | undefined {
  const isOwn = /^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(path) && !path.startsWith('/sign-in');
  return isOwn ? path : undefined;
}
