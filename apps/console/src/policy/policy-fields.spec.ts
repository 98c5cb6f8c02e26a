import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, policySettingsSchema } from '@watchfloor/contracts';
import { detectorFields, reviewFields } from './policy-fields.ts';
import { valueAt, withAt } from './policy-draft.ts';

const fields = [...detectorFields.flatMap((detector) => detector.fields), ...reviewFields];

/** Paths of all numbers of a policy, of those too that are left to the stream. */
function numberPaths(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'number' || (value === null && path.startsWith('/detectors/'))) {
    return [path];
  }
  return value === null || typeof value !== 'object' || Array.isArray(value)
    ? []
    : Object.entries(value).flatMap(([key, inner]) => numberPaths(inner, `${path}/${key}`));
}

describe('the fields of the policy form', () => {
  it('are all numbers of a policy, each once', () => {
    const paths = fields.map(({ path }) => path);
    expect(paths.toSorted()).toEqual(
      numberPaths(defaultPolicy)
        .filter((path) => path !== '/version')
        .toSorted(),
    );
  });

  it('let nothing be set that a policy refuses', () => {
    const { version, ...settings } = defaultPolicy;
    expect(version).toBe(1);
    for (const { path, min, max, isOptional } of fields) {
      expect(typeof valueAt(settings, path) === 'number' || isOptional).toBe(true);
      for (const value of isOptional === true ? [min, max, null] : [min, max]) {
        expect([path, value, policySettingsSchema.safeParse(withAt(settings, path, value)).success]).toEqual([
          path,
          value,
          true,
        ]);
      }
    }
  });
});
