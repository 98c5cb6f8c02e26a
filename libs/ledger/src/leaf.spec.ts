import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { EntryBody } from '@watchfloor/contracts';
import fc from 'fast-check';
import { isLeafOf, leafHash, leafOf, maxEntryBytes } from './leaf.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the leaf hash', () => {
  // transparency-dev/merkle rfc6962_test.go, and the first leaves of the reference tree of Certificate Transparency.
  it.each([
    ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    ['4c313233343536', '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'],
    ['00', '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'],
    ['10', '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7'],
  ])('of the bytes "%s" is the published one', (bytes, hash) => {
    expect(hex(leafHash(Buffer.from(bytes, 'hex')))).toBe(hash);
  });

  it('is SHA-256 as OpenSSL has it, over a zero byte and the entry', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (entry) => {
        const reference = createHash('sha256').update(Uint8Array.of(0)).update(entry).digest('hex');
        expect(hex(leafHash(entry))).toBe(reference);
      }),
    );
  });
});

describe('the leaf of an entry', () => {
  it('is made of the canonical form, in UTF-8', () => {
    const leaf = leafOf(body({ reason: 'Säkerheten är 0,51 🚩' }));

    expect(leaf.canonical).toBe(
      '{"actor":{"id":"0193b5a6-6c00-7000-8000-000000000002","kind":"person"},"at":"2026-11-22T06:00:00.000Z",' +
        '"data":{"reason":"Säkerheten är 0,51 🚩","version":3},"flagId":"0193b5a6-6c00-7000-8000-000000000003",' +
        '"id":"0193b5a6-6c00-7000-8000-000000000001","kind":"flag-skipped","stream":"toxicity"}',
    );
    expect(hex(leaf.hash)).toBe(
      createHash('sha256')
        .update(Buffer.concat([Buffer.of(0), Buffer.from(leaf.canonical)]))
        .digest('hex'),
    );
  });

  it('changes with whatever is changed in the entry', () => {
    const original = body();
    const hash = hex(leafOf(original).hash);
    const changes = fc.oneof(
      fc.record({ id: fc.uuid() }),
      fc.record({ at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) }),
      fc.record({ stream: fc.option(fc.string()) }),
      fc.record({ flagId: fc.option(fc.uuid()) }),
      fc.record({ actor: fc.record({ kind: fc.constant('system' as const), part: fc.string() }) }),
      fc.record({ data: fc.record({ version: fc.integer(), reason: fc.string() }) }),
    );
    fc.assert(
      fc.property(changes, (change) => {
        const changed = { ...original, ...change };
        fc.pre(JSON.stringify(changed) !== JSON.stringify(original));
        expect(isLeafOf(changed, hash)).toBe(false);
      }),
    );
    expect(isLeafOf(original, hash)).toBe(true);
  });

  it('changes with any single bit of the stored text', () => {
    const { canonical, hash } = leafOf(body());
    const bytes = Buffer.from(canonical);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const tampered = Buffer.from(bytes);
        tampered[at]! ^= 1 << bit;
        expect(hex(leafHash(tampered))).not.toBe(hex(hash));
      }),
    );
  });

  it('takes an entry of 65,535 bytes and refuses one byte more', () => {
    const room = maxEntryBytes - Buffer.byteLength(leafOf(body({ reason: '' })).canonical);

    expect(Buffer.byteLength(leafOf(body({ reason: 'x'.repeat(room) })).canonical)).toBe(maxEntryBytes);
    expect(() => leafOf(body({ reason: 'x'.repeat(room + 1) }))).toThrow(RangeError);
    expect(() => leafOf(body({ reason: 'ü'.repeat(room / 2 + 1) }))).toThrow(RangeError);
  });

  it('is not made of what JSON cannot say', () => {
    expect(() => leafOf(body({ reason: '\ud800' }))).toThrow();
    expect(() => leafOf(body({ version: Number.NaN }))).toThrow();
  });
});

function body(data: { reason?: string; version?: number } = {}): EntryBody<'flag-skipped'> {
  return {
    id: '0193b5a6-6c00-7000-8000-000000000001',
    at: '2026-11-22T06:00:00.000Z',
    kind: 'flag-skipped',
    stream: 'toxicity',
    flagId: '0193b5a6-6c00-7000-8000-000000000003',
    actor: { kind: 'person', id: '0193b5a6-6c00-7000-8000-000000000002' },
    data: { version: 3, ...data },
  };
}
