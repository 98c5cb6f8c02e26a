import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Characters that are gathered before they are written. */
const batchChars = 64 * 1024;

/**
 * Writes texts as they come, in batches, waiting where the reader is slower. Where nobody reads any more (`| head`) it ends.
 *
 * @returns whether all was written
 */
export async function writeOut(texts: AsyncIterable<string>, out: Writable): Promise<boolean> {
  const state = { isClosed: false };
  const close = () => void (state.isClosed = true);
  out.on('error', close).on('close', close);
  let batch = '';
  for await (const text of texts) {
    batch += text;
    if (batch.length >= batchChars) {
      await write(batch, out, state);
      batch = '';
    }
    if (state.isClosed) return false;
  }
  await write(batch, out, state);
  out.off('error', close).off('close', close);
  return !state.isClosed;
}

async function write(text: string, out: Writable, { isClosed }: { readonly isClosed: boolean }): Promise<void> {
  if (text === '' || isClosed || out.write(text)) {
    return;
  }
  const gone = new AbortController();
  try {
    await Promise.race([once(out, 'drain', { signal: gone.signal }), once(out, 'close', { signal: gone.signal })]);
  } catch {
    // An error of the stream closes it, and that is noted already.
  } finally {
    gone.abort();
  }
}
