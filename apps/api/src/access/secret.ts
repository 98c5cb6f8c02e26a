import { createHash, randomBytes } from 'node:crypto';

/** A new unguessable text: 256 random bits in base64url, after a prefix that tells what it opens. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/**
 * What is kept of a secret. A plain SHA-256 will do, since 256 random bits cannot be guessed; passwords need
 * {@link Passwords}.
 */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
