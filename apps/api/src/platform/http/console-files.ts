import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentSecurityPolicy } from './security-headers.ts';

/** The console's build, beside this server's. */
const consoleBuild = join(import.meta.dirname, '../../../../console/dist');
/** Addresses that never belong to the console. */
const notConsole = /^\/(?:api|health|metrics|socket\.io)(?:[/?]|$)/;
const forever = 'public, max-age=31536000, immutable';
const forAnHour = 'public, max-age=3600';

/**
 * Serves the console: its files by name, hashed ones for good, and its one page for every other address that a browser
 * navigates to.
 */
export async function serveConsole(instance: FastifyInstance, build = consoleBuild): Promise<void> {
  const files = await filesOf(build);
  const page = await pageOf(build);
  await instance.register(fastifyStatic, { root: build, serve: false, preCompressed: true, cacheControl: false });
  instance.get('/*', (request, reply) => {
    const [path = ''] = request.url.split('?', 1);
    if (!notConsole.test(path)) {
      if (files.has(path)) return sendFile(reply, path);
      if (page !== undefined && wantsPage(request)) return sendPage(reply, page);
    }
    reply.callNotFound();
    return reply;
  });
}

function sendFile(reply: FastifyReply, path: string): FastifyReply {
  void reply.header('cache-control', path.startsWith('/assets/') ? forever : forAnHour);
  return reply.sendFile(path.slice(1));
}

/** The page carries a nonce of its own, for the style sheets of the parts library; so it is never kept. */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64url');
  return reply
    .headers({ 'cache-control': 'no-store', 'content-security-policy': contentSecurityPolicy(nonce) })
    .type('text/html; charset=utf-8')
    .send(page.replace('<head>', `<head><meta name="csp-nonce" nonce="${nonce}" />`));
}

function wantsPage({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('text/html');
}

/** Addresses of all files but the page itself and those whose name begins with a dot. */
async function filesOf(build: string): Promise<ReadonlySet<string>> {
  const entries = existsSync(build) ? await readdir(build, { recursive: true, withFileTypes: true }) : [];
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(build, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== 'index.html' && !path.split('/').some((part) => part.startsWith('.')));
  return new Set(paths.map((path) => `/${path}`));
}

async function pageOf(build: string): Promise<string | undefined> {
  const path = join(build, 'index.html');
  return existsSync(path) ? readFile(path, 'utf8') : undefined;
}
