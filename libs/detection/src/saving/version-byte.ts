/** Puts the version of what is saved before it, in one byte. */
export function versioned(version: number, saved: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(saved.length + 1);
  bytes[0] = version;
  bytes.set(saved, 1);
  return bytes;
}

/**
 * What stands behind the version.
 *
 * @param what names it in the error
 * @throws Error for another version
 */
export function unversioned(version: number, bytes: Uint8Array, what: string): Uint8Array {
  if (bytes[0] !== version) {
    throw new Error(
      `the saved ${what} has version ${String(bytes[0])}, and this program reads version ${version} only`,
    );
  }
  return bytes.subarray(1);
}
