import type { Socket } from 'node:net';
import compress from '@fastify/compress';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.ts';
import { serveDocs } from './api-docs.ts';
import { serveConsole } from './console-files.ts';
import { maxBodyBytes, parseBodies } from './json-body.ts';
import { foreignAnswer } from './problem.ts';
import { ProblemFilter, problemType, sendProblem } from './problem.filter.ts';
import { contentSecurityPolicy, permissionsPolicy, securityHeaders } from './security-headers.ts';

/** Answers below this many bytes are sent as they are. */
const compressFrom = 1024;

/** The HTTP server with its limits; hand it to Nest together with `bodyParser: false`, and open it with {@link openDoor}. */
export function doorAdapter({ trustedProxies }: Settings): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: maxBodyBytes,
    // Slow senders are cut: the header within 15 s, the whole request (32 MiB at most) within two minutes.
    requestTimeout: 120_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 2_000 },
    // Only these are believed when they say whom they speak for: counts of wrong passwords go by address.
    trustProxy: ['loopback', ...trustedProxies],
    clientErrorHandler: answerBrokenHttp,
    frameworkErrors: answerUnreadableAddress,
  });
}

/** Everything between the network and the handlers, but who may enter. Call it before the application listens. */
export async function openDoor(app: NestFastifyApplication, settings: Settings): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  app.useSecurityHeaders(securityHeaders(settings.publicUrl));
  app.useGlobalFilters(new ProblemFilter());
  instance.decorateRequest('principal', null);
  instance.addHook('onRequest', async (request, reply) => {
    void reply.header('permissions-policy', permissionsPolicy);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  parseBodies(instance);
  // Only answers: what comes in compressed is the ingest route's own matter, with its own limits.
  await instance.register(compress, { globalDecompression: false, threshold: compressFrom, encodings: ['br', 'gzip'] });
  await serveDocs(instance);
  await serveConsole(instance);
}

/** The router gives up before any hook has set a header. */
function answerUnreadableAddress({ statusCode }: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({ 'content-security-policy': contentSecurityPolicy(), 'x-content-type-options': 'nosniff' });
  sendProblem(reply, foreignAnswer(statusCode ?? 400));
}

function answerBrokenHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const statuses: Partial<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };
  const { status, problem } = foreignAnswer(statuses[error.code ?? ''] ?? 400);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${problem.title}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `connection: close\r\n\r\n${body}`,
  );
}
