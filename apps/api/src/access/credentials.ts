import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '@watchfloor/contracts';
import { instantOf, secondsBetween } from '@watchfloor/contracts';
import { parseCookie, stringifySetCookie } from 'cookie';

export const sessionCookie = 'watchfloor_session';

/** What a caller shows to be let in. */
export interface Credentials {
  /** From `Authorization: Bearer`: an ingest key, or a session's token. */
  readonly bearer?: string;
  /** The session's token from the cookie, which browsers send by themselves. */
  readonly cookie?: string;
}

export function credentialsOf({ authorization, cookie }: IncomingHttpHeaders): Credentials {
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1];
  const token = parseCookie(cookie ?? '')[sessionCookie];
  return { ...(bearer !== undefined && { bearer }), ...(token !== undefined && token !== '' && { cookie: token }) };
}

// Lax rather than Strict: a link to a flag in a mail or a chat must open signed in. What Lax lets through are navigations,
// which only read here; whatever changes something is checked for its origin, too.
const attributes = { name: sessionCookie, path: '/', httpOnly: true, sameSite: 'lax' } as const;

/** Whether the browser speaks TLS, with us or with the proxy before us; then the cookie must never travel without it. */
export function isSecureCall({ protocol }: { readonly protocol: string }, publicUrl: string | undefined): boolean {
  return protocol === 'https' || publicUrl?.startsWith('https:') === true;
}

/** @returns a `Set-Cookie` header that hands a session's token to the browser */
export function grantCookie(token: string, expiresAt: Instant, isSecure: boolean): string {
  // Seconds rather than an instant: the browser's clock may be days off.
  const maxAge = Math.max(0, Math.floor(secondsBetween(instantOf(Date.now()), expiresAt)));
  return stringifySetCookie({ ...attributes, value: token, maxAge, secure: isSecure });
}

/** @returns a `Set-Cookie` header that takes it away */
export function clearCookie(isSecure: boolean): string {
  return stringifySetCookie({ ...attributes, value: '', maxAge: 0, secure: isSecure });
}
