import type { EntryBody, EntryKind, ReasonCode, VerdictKind } from '@watchfloor/contracts';

/** A record entry as a room hands it in: what happened. Its id and its instant are given by the record. */
export type EntryDraft<Kind extends EntryKind = EntryKind> = {
  [K in Kind]: Omit<EntryBody<K>, 'id' | 'at'>;
}[Kind];

/** An entry that is ready to be stored: its hashed text, and beside it what the record is looked up by. */
export interface SealedEntry {
  readonly id: string;
  /** RFC 8785 form of the body. */
  readonly canonical: string;
  /** RFC 6962 leaf hash, 32 bytes. */
  readonly leafHash: Uint8Array;
  readonly kind: EntryKind;
  readonly stream: string | null;
  readonly flagId: string | null;
  readonly personId: string | null;
  readonly verdict: VerdictKind | null;
  readonly reason: ReasonCode | null;
}
