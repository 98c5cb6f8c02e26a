import { describe, expect, it } from '@jest/globals';
import type { Role } from '@watchfloor/contracts';
import { permissions, roles } from '@watchfloor/contracts';
import fc from 'fast-check';
import { dutiesCollide, permissionsOf } from './matrix.ts';

const someRoles = fc.uniqueArray(fc.constantFrom(...roles));

describe('the matrix', () => {
  it('gives nothing to those without a role', () => {
    expect([...permissionsOf([], false)]).toEqual([]);
  });

  it('lets everybody mind their own account', () => {
    for (const role of roles) expect(permissionsOf([role], true)).toContain('account.own');
  });

  it('lets the auditor read everything and change nothing', () => {
    const auditor = permissionsOf(['auditor'], true);
    const reading = permissions.filter((permission) => /read|listen|export|own/.test(permission));
    expect([...auditor].sort()).toEqual([...reading].sort());
  });

  it('never takes anything away by adding a role while duties are not separated', () => {
    fc.assert(
      fc.property(someRoles, fc.constantFrom(...roles), (held, more) => {
        const before = permissionsOf(held, false);
        const after = permissionsOf([...held, more], false);
        expect([...before].every((permission) => after.has(permission))).toBe(true);
      }),
    );
  });

  it('never lets one person edit and decide while duties are separated', () => {
    const edits = ['streams.steer', 'people.edit', 'keys.edit'] as const;
    fc.assert(
      fc.property(someRoles, (held: readonly Role[]) => {
        const may = permissionsOf(held, true);
        if (may.has('flags.decide')) expect(edits.some((permission) => may.has(permission))).toBe(false);
      }),
    );
  });

  it.each<[readonly Role[], boolean]>([
    [['owner', 'reviewer'], true],
    [['administrator', 'supervisor'], true],
    [['owner', 'administrator', 'auditor'], false],
    [['supervisor', 'reviewer', 'auditor'], false],
  ])('holds %j to collide: %s', (held, collides) => {
    expect(dutiesCollide(held)).toBe(collides);
  });
});
