import { sipHash, sipKey, type SipKey } from './sip-hash.ts';

/** The secret that the audit draws of an installation depend on. Who does not know it cannot foretell a draw. */
export type AuditKey = SipKey;

/**
 * @param bytes 16 secret random bytes, made once and kept
 * @throws RangeError for another length (a caller's mistake)
 */
export function auditKey(bytes: Uint8Array): AuditKey {
  return sipKey(bytes);
}

/**
 * The draw of one prediction: SipHash-2-4 of the UTF-8 text `stream`, newline, `id`; its upper 53 bits over 2^53. It
 * rests on nothing else, so a replay draws the same, and no content, model or person can bend it.
 *
 * @returns uniform in [0, 1) for everybody who does not know the key
 */
export function auditDraw(key: AuditKey, stream: string, id: string): number {
  const { high, low } = sipHash(key, `${stream}\n${id}`);
  return (high * 0x20_0000 + (low >>> 11)) / 2 ** 53;
}

/** Whether a prediction was to be audited when so large a share was. */
export function wasAudited(key: AuditKey, stream: string, id: string, probability: number): boolean {
  return auditDraw(key, stream, id) < probability;
}
