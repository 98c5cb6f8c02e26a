import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi.ts';

const viewer = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const viewerFiles = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Watchfloor API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/show.js"></script>
  </body>
</html>
`;

const show = `SwaggerUIBundle({ url: '/api/openapi.json', domNode: document.getElementById('docs'), deepLinking: true, validatorUrl: null });
`;

/** `GET /api/openapi.json` and, for eyes, `GET /api/docs`: all from this server, without inline scripts. */
export async function serveDocs(instance: FastifyInstance): Promise<void> {
  const document = JSON.stringify(openApiDocument());
  instance.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document));
  instance.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  instance.get('/api/docs/show.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(show));
  for (const [name, type] of Object.entries(viewerFiles)) {
    instance.get(`/api/docs/${name}`, async (_request, reply) => {
      const file = await readFile(join(viewer, name));
      return reply.type(type).header('cache-control', 'public, max-age=86400').send(file);
    });
  }
}
