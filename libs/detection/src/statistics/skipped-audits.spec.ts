import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditDraw, auditKey, wasAudited } from './audit-draw.ts';
import { skippedAudits, type RecordedDraw } from './skipped-audits.ts';

const key = auditKey(new Uint8Array(16).fill(7));
const draw = (id: string) => auditDraw(key, 'toxicity', id);

function recorded(id: string, probability = 0.05): RecordedDraw {
  return { id, probability, draw: wasAudited(key, 'toxicity', id, probability) ? draw(id) : null };
}

const rows = Array.from({ length: 20_000 }, (_, index) => recorded(`order-${index}`));

describe('the audit draw', () => {
  it('is uniform', () => {
    const cells = new Array<number>(20).fill(0);
    rows.forEach(({ id }) => cells[Math.floor(draw(id) * 20)]!++);
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(43.8);
  });

  it('is another in another stream and under another key', () => {
    const other = auditKey(new Uint8Array(16).fill(8));
    expect(auditDraw(key, 'fraud', 'order-1')).not.toBe(draw('order-1'));
    expect(auditDraw(other, 'toxicity', 'order-1')).not.toBe(draw('order-1'));
  });
});

describe('skipped audits', () => {
  it('finds nothing where chance was obeyed', () => {
    expect([...skippedAudits(key, 'toxicity', rows)]).toEqual([]);
  });

  it('finds each audit that was left out, added or bent', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(rows.length - 1), { maxLength: 40 }), (places) => {
        const bent = new Set(places);
        const kept = rows.map((row, index) => (bent.has(index) ? bend(row, index) : row));
        const found = [...skippedAudits(key, 'toxicity', kept)];
        expect(found.map(({ id }) => id).sort()).toEqual(places.map((place) => `order-${place}`).sort());
      }),
      { numRuns: 10 },
    );
  });

  it('says what is wrong', () => {
    const faults = (row: RecordedDraw) => [...skippedAudits(key, 'toxicity', [row])].map(({ fault }) => fault);
    const drawn = rows.find((row) => row.draw !== null)!;
    const undrawn = rows.find((row) => row.draw === null)!;
    expect(faults({ ...drawn, draw: null })).toEqual(['not-audited']);
    expect(faults({ ...undrawn, draw: 0.001 })).toEqual(['not-drawn']);
    expect(faults({ ...drawn, draw: 0.001 })).toEqual(['other-draw']);
  });
});

function bend(row: RecordedDraw, index: number): RecordedDraw {
  return { ...row, draw: row.draw === null ? 0.001 : index % 2 === 0 ? null : row.draw / 2 };
}
