import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a call that carries the session cookie comes from a page of ours, or from no page at all. A page of another site
 * can make a browser send our cookie, but cannot keep the browser from saying where the call comes from.
 *
 * Of our own are the origin of `PUBLIC_URL` and the host that was called. Callers that name neither `Sec-Fetch-Site` nor
 * `Origin` are no browsers, and hold the cookie because it was given to them.
 *
 * @param publicUrl the setting; undefined where it is not set
 * @see the algorithm of Go's `net/http.CrossOriginProtection`
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return origin === undefined || (host !== undefined && hostOf(origin) === host.toLowerCase());
}

/** `null`, which sandboxed pages send, has no host. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
