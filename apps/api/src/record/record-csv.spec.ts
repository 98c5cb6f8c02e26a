import { describe, expect, it } from '@jest/globals';
import type { RecordEntry } from '@watchfloor/contracts';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvHeader, csvOf } from './record-csv.ts';

const entry: RecordEntry<'flag-skipped'> = {
  number: 7,
  id: '0193b5a6-6c00-7000-8000-000000000001',
  at: '2026-11-22T06:00:00.000Z',
  kind: 'flag-skipped',
  stream: 'toxicity',
  flagId: '0193b5a6-6c00-7000-8000-000000000003',
  actor: { kind: 'person', id: '0193b5a6-6c00-7000-8000-00000000000a' },
  actorName: 'Maria',
  data: { version: 3, reason: 'a "quoted", reason' },
  leafHash: 'ab'.repeat(32),
};

const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '"', "'", ','), fc.string())
    .map((parts) => parts.join('')),
  fc.constantFrom(
    "=cmd|' /C calc'!A0",
    '@SUM(1+1)*cmd',
    '+1+1',
    '-2+3+cmd|x',
    '\t=1',
    '\r=1',
    '"\r\n=1',
    '=HYPERLINK("http://x","y")',
  ),
);

describe('an exported entry as CSV', () => {
  it('stands in one line of RFC 4180', () => {
    expect(csvHeader).toBe(
      '"number","at","kind","stream","flagId","actorKind","actor","actorName","data","id","leafHash"\r\n',
    );
    expect(csvOf([entry])).toBe(
      '"7","2026-11-22T06:00:00.000Z","flag-skipped","toxicity","0193b5a6-6c00-7000-8000-000000000003","person",' +
        '"0193b5a6-6c00-7000-8000-00000000000a","Maria","{""version"":3,""reason"":""a \\""quoted\\"", reason""}",' +
        `"0193b5a6-6c00-7000-8000-000000000001","${'ab'.repeat(32)}"\r\n`,
    );
  });

  it('is its number and empty cells where one may not read it', () => {
    expect(parse(csvHeader + csvOf([{ number: 8 }]), { columns: true })).toEqual([
      expect.objectContaining({ number: '8', kind: '', data: '', leafHash: '' }),
    ]);
  });

  it('begins no cell like a formula, whatever people and parts are called and say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ actorName: hostileText, part: hostileText, reason: hostileText }), { minLength: 1 }),
        (texts) => {
          const entries = texts.map(({ actorName, part, reason }) => ({
            ...entry,
            actorName,
            actor: { kind: 'system', part } as const,
            data: { version: 1, reason },
          }));
          const cells: string[][] = parse(csvOf(entries));

          expect(cells.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
          expect(cells.map((row) => row.length)).toEqual(texts.map(() => 11));
          for (const [index, { actorName, part, reason }] of texts.entries()) {
            const [, , , , , , actor, name, data] = cells[index]!;
            expect([part, `'${part}`]).toContain(actor);
            expect([actorName, `'${actorName}`]).toContain(name);
            expect(JSON.parse(data!)).toEqual({ version: 1, reason });
          }
        },
      ),
    );
  });
});
