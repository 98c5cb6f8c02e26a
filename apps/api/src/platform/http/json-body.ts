import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { Refused } from './refused.ts';

/** The most that a body of an ordinary route may hold. */
export const maxBodyBytes = 1024 * 1024;

const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
const foreignCharset = /;\s*charset\s*=\s*"?(?!utf-?8\b)/i;

/**
 * Bodies are JSON and nothing else, so that no form of another site can pass for one of ours. Routes that take a stream
 * get their bytes untouched.
 */
export function parseBodies(instance: FastifyInstance): void {
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    if (request.routeOptions.config.takesStream === true) return undefined;
    const text = await readText(request, payload);
    if (text === '') return undefined;
    expectJson(request);
    return new Promise((resolve, reject) => {
      void parseJson(request, text, (error, body) => {
        if (error === null) resolve(body);
        else reject(malformed(`the body is not JSON: ${error.message}`));
      });
    });
  });
}

function expectJson({ headers }: FastifyRequest): void {
  const type = headers['content-type'] ?? '';
  if (!jsonType.test(type) || foreignCharset.test(type))
    throw unsupported('the body must be application/json in UTF-8');
}

async function readText(request: FastifyRequest, payload: Readable): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unsupported(`the encoding ${encoding} is not taken here`);
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge();
  const bytes = await readBytes(payload);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('the body is not UTF-8');
  }
}

function readBytes(payload: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (finish: () => void) => {
      payload.off('data', take).off('end', end).off('error', fail).off('close', cut);
      finish();
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      // The stream is left alone rather than destroyed: the answer must still reach the client.
      if (bytes > maxBodyBytes) done(() => reject(tooLarge()));
    };
    const end = () => done(() => resolve(Buffer.concat(chunks)));
    const fail = () => done(() => reject(malformed('the body broke off')));
    const cut = fail;
    payload.on('data', take).on('end', end).on('error', fail).on('close', cut);
  });
}

const malformed = (because: string) => new Refused({ refused: 'malformed', because });
const unsupported = (because: string) => new Refused({ refused: 'unsupported-content', because });
const tooLarge = () => new Refused({ refused: 'too-large', because: `the body is larger than ${maxBodyBytes} bytes` });
