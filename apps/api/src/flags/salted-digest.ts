import { createHash, randomBytes } from 'node:crypto';

/** A text's digest for the record. The salt stays beside the text: when both are erased, nobody can tell what it was. */
export function saltedDigest(text: string): { readonly salt: Buffer; readonly digest: string } {
  const salt = randomBytes(16);
  return { salt, digest: createHash('sha256').update(salt).update(text, 'utf8').digest('hex') };
}
