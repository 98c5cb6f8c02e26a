import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { serveConsole } from './console-files.ts';

let server: FastifyInstance;
let build: string;
beforeAll(async () => {
  build = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(build, 'assets'));
  await mkdir(join(build, '.vite'));
  await writeFile(join(build, 'index.html'), '<!doctype html><html><head></head><body>console</body></html>');
  await writeFile(join(build, 'assets/main-3f2a.js'), 'console');
  await writeFile(join(build, 'assets/main-3f2a.js.br'), 'pressed');
  await writeFile(join(build, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(build, '.vite/manifest.json'), '{}');
  await writeFile(join(build, '../outside.txt'), 'outside');
  server = fastify();
  await serveConsole(server, build);
});
afterAll(async () => {
  await server.close();
  await rm(build, { recursive: true });
});

const html = { accept: 'text/html,application/xhtml+xml;q=0.9' };

describe('the console', () => {
  it.each(['/', '/watch', '/streams/toxicity?range=1h', '/sign-in?link=x', '/apiary'])(
    'has one page for %s',
    async (url) => {
      const page = await server.inject({ url, headers: html });
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('console');
      expect(page.headers['cache-control']).toBe('no-store');
    },
  );

  it('lets style sheets into its page by a nonce that is never the same, and no script', async () => {
    const pages = await Promise.all([1, 2].map(() => server.inject({ url: '/', headers: html })));
    const nonces = pages.map((page) => /<meta name="csp-nonce" nonce="([\w-]+)"/.exec(page.body)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    expect(pages[0]?.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonces[0]}'`);
    expect(pages[0]?.headers['content-security-policy']).toContain(`script-src 'self';`);
  });

  it('keeps hashed files for good, and others for an hour', async () => {
    const script = await server.inject('/assets/main-3f2a.js');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toMatch(/javascript; charset=utf-8$/);
    expect((await server.inject('/icon.svg')).headers['cache-control']).toBe('public, max-age=3600');
  });

  it('sends files pressed in advance to those who take them', async () => {
    const pressed = await server.inject({ url: '/assets/main-3f2a.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect([pressed.headers['content-encoding'], pressed.body]).toEqual(['br', 'pressed']);
    expect((await server.inject('/assets/main-3f2a.js')).body).toBe('console');
  });

  it.each(['/api/v1/streams', '/api', '/health/nothing', '/metrics', '/socket.io/?x'])('is not at %s', async (url) => {
    expect((await server.inject({ url, headers: html })).statusCode).toBe(404);
  });

  it('is no page where no page is asked for', async () => {
    expect((await server.inject({ url: '/assets/gone.js', headers: { accept: '*/*' } })).statusCode).toBe(404);
  });

  it.each([
    '/.vite/manifest.json',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/index.html/..',
  ])('gives out nothing else: %s', async (url) => {
    expect((await server.inject(url)).statusCode).toBe(404);
  });
});
