/** How many bytes a code point takes in UTF-8; three for a lone surrogate. */
export function byteCount(code: number): number {
  if (code < 0x80) {
    return 1;
  }
  return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** The byte of a code point's UTF-8 form that has `rest - 1` bytes behind it. */
export function byteOf(code: number, rest: number): number {
  if (code < 0x80) {
    return code;
  }
  const bits = (code >> ((rest - 1) * 6)) & 0x3f;
  const count = byteCount(code);
  return rest < count ? 0x80 | bits : ((0xf00 >> count) & 0xff) | (code >> ((rest - 1) * 6));
}
