import { isUtf8 } from 'node:buffer';
import { ingestLimits } from '@watchfloor/contracts';

/** A line of a body: its text, or why it has none. */
export type Line = { readonly text: string } | { readonly reason: string };

const newline = 0x0a;
const tooLong: Line = { reason: `is larger than ${ingestLimits.itemBytes} bytes` };
const notUtf8: Line = { reason: 'is not UTF-8' };

/**
 * Cuts bytes into lines as they come. It holds back at most one unfinished line, and of a line beyond the item limit nothing.
 * A byte order mark at the very beginning is dropped, as are blank lines.
 */
export class TextLines {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private isSkipping = false;
  private isFirst = true;

  /** @returns the lines that these bytes complete */
  push(chunk: Buffer): Line[] {
    const end = chunk.lastIndexOf(newline);
    if (end === -1) {
      this.hold(chunk);
      return [];
    }
    const lines: Line[] = [];
    let start = 0;
    if (this.isSkipping) {
      start = chunk.indexOf(newline) + 1;
      this.isSkipping = false;
      lines.push(tooLong);
    }
    const whole =
      this.held.length === 0 ? chunk.subarray(start, end + 1) : this.release(chunk.subarray(start, end + 1));
    this.cut(whole, lines);
    this.hold(chunk.subarray(end + 1));
    return lines;
  }

  /** @returns the last line, if the body did not end with a newline */
  end(): Line[] {
    if (this.isSkipping) return [tooLong];
    const lines: Line[] = [];
    if (this.heldBytes > 0) this.cut(this.release(), lines);
    return lines;
  }

  private hold(bytes: Buffer): void {
    if (this.isSkipping || bytes.length === 0) return;
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes > ingestLimits.itemBytes) {
      this.release();
      this.isSkipping = true;
    }
  }

  private release(...more: Buffer[]): Buffer {
    const whole = Buffer.concat([...this.held, ...more]);
    this.held = [];
    this.heldBytes = 0;
    return whole;
  }

  private cut(bytes: Buffer, into: Line[]): void {
    // One bad byte must not cost the lines around it: only then is each looked at by itself.
    if (!isUtf8(bytes)) {
      this.cutEach(bytes, into);
      return;
    }
    for (const text of this.textOf(bytes).split('\n')) {
      if (isBlank(text)) continue;
      into.push(isTooLong(text) ? tooLong : { text });
    }
  }

  private cutEach(bytes: Buffer, into: Line[]): void {
    for (let start = 0; start < bytes.length;) {
      const found = bytes.indexOf(newline, start);
      const end = found === -1 ? bytes.length : found;
      const line = bytes.subarray(start, end);
      start = end + 1;
      if (!isUtf8(line)) {
        into.push(line.length > ingestLimits.itemBytes ? tooLong : notUtf8);
        this.isFirst = false;
        continue;
      }
      const text = this.textOf(line);
      if (!isBlank(text)) into.push(isTooLong(text) ? tooLong : { text });
    }
  }

  private textOf(bytes: Buffer): string {
    const text = bytes.toString('utf8');
    const isMarked = this.isFirst && text.startsWith('\ufeff');
    this.isFirst = false;
    return isMarked ? text.slice(1) : text;
  }
}

function isBlank(text: string): boolean {
  return text.length < 64 && text.trim() === '';
}

/** A UTF-16 unit takes one to three bytes: most texts need no counting. */
function isTooLong(text: string): boolean {
  if (text.length * 3 <= ingestLimits.itemBytes) return false;
  return Buffer.byteLength(text) > ingestLimits.itemBytes;
}
