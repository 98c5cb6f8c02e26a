/**
 * The object that a saved text holds.
 *
 * @param what names the state in an error
 * @throws Error for text of another version, or that holds no object; SyntaxError for text that is no JSON
 */
export function readVersion(text: string, version: number, what: string): Readonly<Record<string, unknown>> {
  const saved = fields(JSON.parse(text), what);
  if (saved.version !== version) {
    throw new Error(
      `the saved ${what} has version ${String(saved.version)}, and this program reads version ${version} only`,
    );
  }
  return saved;
}

/** @throws Error unless it is an object */
export function fields(saved: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) {
    throw misfit(where);
  }
  return saved as Readonly<Record<string, unknown>>;
}

/** @throws Error unless it is a finite number */
export function number(saved: unknown, where: string): number {
  if (typeof saved !== 'number' || !Number.isFinite(saved)) {
    throw misfit(where);
  }
  return saved;
}

/** @throws Error unless it is a boolean */
export function flag(saved: unknown, where: string): boolean {
  if (typeof saved !== 'boolean') {
    throw misfit(where);
  }
  return saved;
}

/** @throws Error unless it is a list of `least` to `most` entries */
export function list(saved: unknown, where: string, most: number, least = 0): readonly unknown[] {
  if (!Array.isArray(saved) || saved.length > most || saved.length < least) {
    throw misfit(where);
  }
  return saved;
}

/** @throws Error unless it is a list of `least` to `most` finite numbers */
export function numbers(saved: unknown, where: string, most: number, least = 0): number[] {
  return list(saved, where, most, least).map((entry) => number(entry, where));
}

function misfit(where: string): Error {
  return new Error(`the saved state does not fit this version: ${where} is missing or of another kind`);
}
