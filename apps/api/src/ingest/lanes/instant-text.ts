import { instantOf } from '@watchfloor/contracts';

/** Remembers the last instant in words: thousands of rows share one. */
export class InstantText {
  private atMs = Number.NaN;
  private text = '';

  of(epochMs: number): string {
    if (epochMs !== this.atMs) {
      this.atMs = epochMs;
      this.text = instantOf(epochMs);
    }
    return this.text;
  }
}
