/** How many bytes a UTF-16 code unit may take in UTF-8. */
const mostBytes = 3;

/**
 * The lines of one COPY as bytes. Each is encoded by itself: in one long text a single character beyond Latin-1 would have all
 * others kept and encoded at twice their size.
 */
export class CopyLines {
  private buffer: Buffer;
  private length = 0;

  /** @param expected the number of lines that are likely to come, to begin with a place for them */
  constructor(expected: number) {
    this.buffer = Buffer.allocUnsafe(Math.max(1, expected) * 512);
  }

  /** Takes a line in text format, with its newline. */
  add(line: string): void {
    const needed = this.length + line.length * mostBytes;
    if (needed > this.buffer.length) this.grow(needed);
    this.length += this.buffer.write(line, this.length, 'utf8');
  }

  /** All lines so far; nothing may be added afterwards. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
