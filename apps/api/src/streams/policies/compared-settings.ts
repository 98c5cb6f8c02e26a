import type { ChangedSetting } from '@watchfloor/contracts';
import { changedPaths } from '../changed-paths.ts';

/** What differs between two policies' settings, with the values of both sides. */
export function comparedSettings(from: object, to: object): ChangedSetting[] {
  return changedPaths(from, to).map((path) => {
    const [before, after] = [valueAt(from, path), valueAt(to, path)];
    return { path, ...(before !== undefined && { from: before }), ...(after !== undefined && { to: after }) };
  });
}

function valueAt(value: unknown, path: string): ChangedSetting['from'] {
  const parts = path.split('/').slice(1);
  const keys = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key)
        ? (inside as Record<string, unknown>)[key]
        : undefined,
    value,
  ) as ChangedSetting['from'];
}
