import { describe, expect, it } from '@jest/globals';
import type { Route } from '@watchfloor/contracts';
import { routes } from '@watchfloor/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from './openapi.ts';

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, Record<string, unknown>> };
};

describe('the OpenAPI document', () => {
  it('is a valid one of version 3.1, and all its references lead somewhere', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(validator.version).toBe('3.1');
    for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('has every route of the contracts, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${method} ${path} ${String(operationId)}`),
    );
    const known = Object.entries<Route>(routes).map(
      ([name, { method, path }]) => `${method.toLowerCase()} /api/v1${path} ${name}`,
    );
    expect(described.sort()).toEqual(known.sort());
  });

  it('says who may call what', () => {
    expect(document.paths['/api/v1/predictions']?.post?.security).toEqual([{ ingestKey: [] }]);
    expect(document.paths['/api/v1/auth/login']?.post?.security).toEqual([]);
    expect(document.paths['/api/v1/flags']?.get?.security).toEqual([{ session: [] }, { sessionToken: [] }]);
  });

  it('names every parameter of a path', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(operations)) {
        const named = (parameters as { name: string; in: string; required: boolean }[]).filter((p) => p.in === 'path');
        expect(named.map(({ name }) => name)).toEqual(inPath);
        expect(named.every(({ required }) => required)).toBe(true);
      }
    }
  });

  it('shows a prediction with what is needed and nothing unknown', () => {
    const { Prediction } = document.components.schemas;
    expect(Prediction).toMatchObject({ type: 'object', required: ['stream', 'id'], additionalProperties: false });
  });
});
