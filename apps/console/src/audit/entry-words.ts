import type { EntryKind } from '@watchfloor/contracts';

/** What each kind of entry says happened; a list of these is also the list of all kinds. */
export const entryWords: Record<EntryKind, string> = {
  'flag-settled': 'verdict',
  'verdict-superseded': 'correction',
  'verdict-undone': 'undo',
  'flag-raised': 'flag raised',
  'flag-joined': 'flag grew',
  'flag-claimed': 'claimed',
  'flag-released': 'released',
  'claim-expired': 'claim ran out',
  'flag-skipped': 'skipped',
  'flag-snoozed': 'snoozed',
  'flag-woken': 'snooze over',
  'flag-escalated': 'escalated',
  'flag-commented': 'comment',
  'flag-lapsed': 'lapsed',
  'flag-withdrawn': 'withdrawn',
  'audit-adjudicated': 'audit decided',
  'stream-registered': 'stream registered',
  'policy-changed': 'policy changed',
  'policy-draft-saved': 'draft saved',
  'policy-draft-discarded': 'draft discarded',
  'risk-epoch-begun': 'risk epoch begun',
  'certificate-won': 'certificate won',
  'certificate-revoked': 'certificates revoked',
  'risk-plan-changed': 'risk plan changed',
  'person-added': 'person added',
  'person-changed': 'person changed',
  'person-signed-in': 'signed in',
  'person-signed-out': 'signed out',
  'key-created': 'key created',
  'key-revoked': 'key revoked',
  'record-exported': 'record exported',
  'duties-set': 'duties set',
};

export const entryKindsInOrder = Object.keys(entryWords) as readonly EntryKind[];

export function isEntryKind(value: unknown): value is EntryKind {
  return typeof value === 'string' && Object.hasOwn(entryWords, value);
}
