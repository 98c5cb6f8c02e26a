import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EntryBody } from '@watchfloor/contracts';
import { canonicalForm } from './canonical-form.ts';

/** The longest entry, in bytes: what the length prefix of a C2SP tlog-tiles entry bundle can say. */
export const maxEntryBytes = 65_535;

/** An entry as the tree holds it. */
export interface Leaf {
  /** The RFC 8785 form of the body, whose UTF-8 bytes are the tree's entry. */
  readonly canonical: string;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/**
 * Turns the body of a record entry into its leaf.
 *
 * @throws RangeError when the canonical form is longer than `maxEntryBytes`: entries refer to bulky content by digest
 * @throws Error for what has no canonical form, see `canonicalForm`
 */
export function leafOf(body: EntryBody): Leaf {
  const canonical = canonicalForm(body);
  const entry = utf8ToBytes(canonical);
  if (entry.length > maxEntryBytes) {
    throw new RangeError(`a ${body.kind} entry of ${entry.length} bytes is longer than ${maxEntryBytes}`);
  }
  return { canonical, hash: leafHash(entry) };
}

/**
 * The hash of one leaf of a Merkle tree: SHA-256(0x00 || entry). The leading zero tells leaves from inner nodes, so that
 * no inner node can be passed off as an entry.
 *
 * @param entry the entry's bytes
 * @returns 32 bytes
 * @see RFC 6962, section 2.1
 */
export function leafHash(entry: Uint8Array): Uint8Array {
  const prefixed = new Uint8Array(entry.length + 1);
  prefixed.set(entry, 1);
  return sha256(prefixed);
}

/** Whether `hash` (hex, as served) is the leaf hash of `body`: what an auditor checks of a single entry. */
export function isLeafOf(body: EntryBody, hash: string): boolean {
  return bytesToHex(leafOf(body).hash) === hash;
}
