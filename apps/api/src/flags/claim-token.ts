import { createHash, randomBytes } from 'node:crypto';

/** A claim's token: 192 random bits, known to its holder alone. */
export function newClaimToken(): string {
  return randomBytes(24).toString('base64url');
}

/** What is kept of a token: it cannot be guessed, so a plain hash will do. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
