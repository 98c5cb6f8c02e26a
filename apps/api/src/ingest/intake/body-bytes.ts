import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ingestLimits } from '@watchfloor/contracts';
import { Refused } from '../../platform/http/refused.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

/** The encodings that are taken, as an `Accept-Encoding` of ours would name them. */
export const takenEncodings = 'gzip, deflate, br';

/** What of a request matters for reading its body. */
export interface Incoming {
  readonly raw: Readable;
  readonly encoding: string | undefined;
  /** As announced; NaN where it is not. */
  readonly length: number;
}

/**
 * The bytes of a body, decompressed, as they come. Nothing is read ahead of the consumer, so that a slow lane slows the
 * sender down. Breaking off leaves the connection whole: the answer still has to reach the client.
 *
 * @throws Refused for an encoding that is not taken, for more bytes than the limit (a compressed bomb ends there, too), for
 * bytes that do not decompress, and when the client goes away
 */
export async function* bodyBytes({ raw, encoding = 'identity', length }: Incoming): AsyncGenerator<Buffer, void, void> {
  if (length > ingestLimits.bodyBytes) throw tooLarge();
  const decoder = decoderFor(encoding.trim().toLowerCase());
  const source = decoder === undefined ? raw : connect(raw, decoder);
  let bytes = 0;
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > ingestLimits.bodyBytes) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    const isBroken = decoder !== undefined && !raw.destroyed;
    throw malformed(isBroken ? `the body is not ${encoding}` : 'the body broke off');
  } finally {
    if (decoder !== undefined) {
      raw.unpipe(decoder);
      decoder.destroy();
    }
    raw.resume();
  }
}

function decoderFor(encoding: string): Transform | undefined {
  if (encoding === 'identity' || encoding === '') return undefined;
  const make = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (make === undefined) {
    const because = `the encoding ${encoding} is not taken here; ${takenEncodings} are`;
    throw new Refused({ refused: 'unsupported-content', because });
  }
  return make();
}

/** `pipe` alone does not tell the decoder that the client has gone. */
function connect(raw: Readable, decoder: Transform): Transform {
  raw.once('error', (error) => decoder.destroy(error));
  raw.once('close', () => {
    if (!raw.readableEnded) decoder.destroy(new Error('broken off'));
  });
  return raw.pipe(decoder);
}

const malformed = (because: string) => new Refused({ refused: 'malformed', because });
const tooLarge = () =>
  new Refused({ refused: 'too-large', because: `the body holds more than ${ingestLimits.bodyBytes} bytes` });
