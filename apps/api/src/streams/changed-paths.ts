/**
 * Which settings differ between two plain values: RFC 6901 paths of the smallest differing parts, objects compared field by
 * field, lists as a whole.
 */
export function changedPaths(from: unknown, to: unknown, path = ''): string[] {
  if (!isPlainObject(from) || !isPlainObject(to)) return areSame(from, to) ? [] : [path];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
    changedPaths(from[key], to[key], `${path}/${pointerPart(key)}`),
  );
}

/** A key as a part of an RFC 6901 path. */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areSame(from: unknown, to: unknown): boolean {
  return from === to || JSON.stringify(from) === JSON.stringify(to);
}
