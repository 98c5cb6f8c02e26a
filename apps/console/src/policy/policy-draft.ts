/** JSON as a policy holds it. */
type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/**
 * Which settings differ, as RFC 6901 paths. Lists count as one setting.
 *
 * @param ignored top-level names that are no settings, such as the version
 */
export function changedPaths(
  before: object,
  after: object,
  ignored: readonly string[] = ['version'],
): readonly string[] {
  return differing(before as Value, after as Value, '').filter((path) => !ignored.includes(path.slice(1)));
}

/**
 * My changes on top of a policy that somebody else changed meanwhile: what I changed is mine, all else is theirs.
 *
 * @param base what I began from
 */
export function rebased<Settings extends object>(base: Settings, mine: Settings, theirs: Settings): Settings {
  return changedPaths(base, mine).reduce<Settings>((policy, path) => withAt(policy, path, valueAt(mine, path)), theirs);
}

/** The same object with one setting changed. */
export function withAt<Settings extends object>(settings: Settings, path: string, value: unknown): Settings {
  const [key = '', ...rest] = keysOf(path);
  const inner = (settings as Readonly<Record<string, unknown>>)[key];
  const next = rest.length === 0 ? value : withAt(isObject(inner) ? inner : {}, `/${rest.join('/')}`, value);
  return { ...settings, [key]: next };
}

/** @returns undefined where the path leads nowhere */
export function valueAt(settings: object, path: string): unknown {
  return keysOf(path).reduce<unknown>(
    (value, key) => (isObject(value) ? (value as Record<string, unknown>)[key] : undefined),
    settings,
  );
}

function differing(before: Value | undefined, after: Value | undefined, path: string): readonly string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    const at = (value: object, key: string) => (value as Readonly<Record<string, Value>>)[key];
    return [...keys].flatMap((key) => differing(at(before, key), at(after, key), `${path}/${key}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

function keysOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
