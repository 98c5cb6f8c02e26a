import canonicalize from 'canonicalize';

/**
 * The one way to write a JSON value down: keys sorted by UTF-16 unit, no white space, numbers as ECMAScript prints them.
 * Two values have the same canonical form exactly when they are the same JSON.
 *
 * @param value anything that JSON can hold; members that are `undefined` are left out
 * @returns the canonical text; its UTF-8 bytes are what is hashed
 * @throws Error for lone surrogates, NaN, infinities, circles and what is no JSON at all (a caller's mistake)
 * @see RFC 8785, JSON Canonicalization Scheme
 */
export function canonicalForm(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('only what JSON can hold has a canonical form');
  }
  return text;
}
