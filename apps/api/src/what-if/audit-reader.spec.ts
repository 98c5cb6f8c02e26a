import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuditReader } from './audit-reader.ts';

it('every audit is found at its position, and nothing elsewhere', () => {
  const audits = fc.uniqueArray(fc.record({ position: fc.integer({ min: 1, max: 60 }), isError: fc.boolean() }), {
    selector: ({ position }) => position,
  });
  fc.assert(
    fc.property(audits, fc.integer({ min: 1, max: 60 }), (given, from) => {
      const sorted = [...given].sort((a, b) => a.position - b.position);
      const reader = new AuditReader({
        positions: Float64Array.from(sorted, ({ position }) => position),
        probabilities: Float64Array.from(sorted, () => 0.5),
        errors: Uint8Array.from(sorted, ({ isError }) => Number(isError)),
      });
      for (let position = from; position <= 61; position += 1) {
        const audit = given.find((each) => each.position === position);
        expect(reader.at(position)).toEqual(audit === undefined ? null : { probability: 0.5, isError: audit.isError });
      }
    }),
  );
});
