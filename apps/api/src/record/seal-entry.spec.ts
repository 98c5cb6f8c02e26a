import { describe, expect, it } from '@jest/globals';
import type { EntryBody, EntryKind } from '@watchfloor/contracts';
import { entryBounds, entryKinds, mostAuthors, roles, signalKinds } from '@watchfloor/contracts';
import { maxEntryBytes } from '@watchfloor/ledger';
import fc from 'fast-check';
import type { EntryDraft } from './entry-draft.ts';
import { namedPaths } from './named-paths.ts';
import { sealEntry } from './seal-entry.ts';

const at = '2026-11-22T06:00:00.000Z';
const id = '0193b5a6-6c00-7000-8000-000000000003';
const digest = 'a'.repeat(64);

/** Whatever a detector, a model or a person may have written, and how long: a control character takes six bytes in an entry. */
const hostile = fc
  .tuple(
    fc.constantFrom('\u0001', '"', '\\', '…', '😀', '\ud83d', '\udc00', 'a', '\u0000'),
    fc.oneof(fc.nat(3), fc.integer({ min: 990, max: 1_010 }), fc.constantFrom(20_000, 200_000)),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  .map(([unit, count, text]) => `${text}${unit.repeat(count)}`);
/** What the doors of the server let in as a label, a name of a stream or an id. */
const label = fc.string({ unit: 'grapheme', minLength: 200, maxLength: 200 }).map((text) => text.slice(0, 200));
const stream = fc.constant('s'.repeat(64));

type Data = EntryBody['data'];
const verdict = fc.record({
  version: fc.nat(),
  verdictId: fc.constant(id),
  verdict: fc.constant('overridden'),
  label,
  modelLabel: label,
  reason: fc.constant('other'),
  noteDigest: fc.constant(digest),
  policyVersion: fc.nat(),
  undoUntil: fc.constant(at),
});
const flagRow = fc.record({
  id: fc.constant(id),
  version: fc.nat(),
  stream,
  state: fc.constant('open'),
  priority: fc.constant('P1'),
  raisedAt: fc.constant(at),
  dueAt: fc.constant(at),
  subjectKind: fc.constant('prediction'),
  predictionId: fc.constant('😀'.repeat(100)),
  kinds: fc.constant(signalKinds),
  reason: hostile,
});
const only = (value: object) => fc.constant(value);
const said = fc.record({ version: fc.nat(), reason: hostile });

/** The largest data of each kind that can come about. */
const dataOf: Readonly<Record<EntryKind, fc.Arbitrary<object>>> = {
  'stream-registered': only({ task: 'label', policyVersion: 1 }),
  'policy-changed': fc
    .tuple(fc.array(hostile, { maxLength: 3 * entryBounds.paths, size: 'max' }), hostile)
    .map(([paths, reason]) => ({
      from: 1,
      to: 2,
      ...namedPaths(paths),
      autonomy: 'gated',
      reason,
      way: 'draft',
      approval: 'second-person',
      draftId: id,
      authors: Array.from({ length: mostAuthors }, () => id),
      restores: 1,
    })),
  'policy-draft-saved': fc
    .array(hostile, { maxLength: 3 * entryBounds.paths, size: 'max' })
    .map((paths) => ({ draftId: id, version: 1, basedOn: 1, ...namedPaths(paths) })),
  'policy-draft-discarded': only({ draftId: id, version: 1 }),
  'risk-epoch-begun': only({ epoch: 1, target: 0.1, confidence: 0.9, because: 'target-changed' }),
  'certificate-won': only({ epoch: 1, threshold: 0.1, coverage: 0.1, target: 0.1, wealth: 1e300, needed: 1e300 }),
  'certificate-revoked': only({ epoch: 1, target: 0.1, evidence: 1e300, needed: 1e300, errors: 1, answers: 1 }),
  'risk-plan-changed': only({
    epoch: 1,
    certified: 0.1,
    above: 0.1,
    below: 0.1,
    afterPosition: 1,
    because: 'certificate-revoked',
  }),
  'flag-raised': fc.record({ flag: flagRow, policyVersion: fc.nat() }),
  'flag-joined': said.map((each) => ({ ...each, itemCount: 3, priority: 'P2', kinds: signalKinds })),
  'flag-claimed': only({ version: 1, expiresAt: at }),
  'flag-released': only({ version: 1 }),
  'claim-expired': only({ version: 1, heldBy: id }),
  'flag-skipped': said,
  'flag-snoozed': said.map((each) => ({ ...each, until: at })),
  'flag-woken': only({ version: 1 }),
  'flag-escalated': said.map((each) => ({ ...each, priority: 'P1' })),
  'flag-commented': only({ version: 1, commentId: id, textDigest: digest }),
  'flag-settled': verdict,
  'verdict-undone': only({ version: 1, verdictId: id, expiresAt: at }),
  'verdict-superseded': verdict.map((each) => ({ ...each, supersedes: id })),
  'flag-lapsed': hostile.map((action) => ({ version: 1, action })),
  'flag-withdrawn': hostile.map((because) => ({ version: 1, because })),
  'audit-adjudicated': only({
    predictionId: '😀'.repeat(100),
    position: 2 ** 53 - 1,
    probability: 0.012345678901234567,
    draw: 0.012345678901234567,
    modelConfidence: 0.9876543210987654,
    isError: true,
    by: 'second',
    verdictId: id,
    secondVerdictId: id,
    secondLookId: id,
  }),
  'person-added': only({ personId: id, roles: [...roles] }),
  'person-changed': only({ personId: id, changed: ['name', 'roles', 'password', 'isDisabled'], roles: [...roles] }),
  'person-signed-in': only({ by: 'password' }),
  'person-signed-out': only({}),
  'key-created': only({ keyId: id, streams: Array.from({ length: entryBounds.streams }, () => 's'.repeat(64)) }),
  'key-revoked': only({ keyId: id }),
  'record-exported': hostile.map((filter) => ({ after: 0, count: 1, format: 'csv', filter })),
  'duties-set': only({ separationOfDuties: true }),
};

function draftOf(kind: EntryKind, data: object): EntryDraft {
  return {
    kind,
    stream: 's'.repeat(64),
    flagId: id,
    actor: { kind: 'person', id },
    data: data as Data,
  } as EntryDraft;
}

describe('an entry of the record', () => {
  it.each(entryKinds)('%s never grows beyond what an entry may be, whatever is in it', (kind) => {
    fc.assert(
      fc.property(dataOf[kind], (data) => {
        const { canonical } = sealEntry(draftOf(kind, data), at);
        expect(Buffer.byteLength(canonical)).toBeLessThanOrEqual(maxEntryBytes);
        expect(canonical.isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('holds the beginning of a long reason, with an ellipsis where it was cut and no pair torn', () => {
    const reason = (text: string) =>
      (
        JSON.parse(
          sealEntry(draftOf('flag-skipped', { version: 1, reason: text }), at).canonical,
        ) as EntryBody<'flag-skipped'>
      ).data.reason;
    expect(reason('b'.repeat(1_000))).toBe('b'.repeat(1_000));
    expect(reason('b'.repeat(1_001))).toBe(`${'b'.repeat(999)}…`);
    expect(reason('😀'.repeat(501))).toBe(`${'😀'.repeat(499)}…`);
  });

  it('counts the settings that it has no room to name', () => {
    const paths = Array.from({ length: 100 }, (_, index) => `/labels/${index}`);
    expect(namedPaths(paths.slice(0, 64))).toEqual({ changed: paths.slice(0, 64) });
    expect(namedPaths(paths)).toEqual({ changed: paths.slice(0, 64), more: 36 });
  });
});
