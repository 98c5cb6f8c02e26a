import { STATUS_CODES } from 'node:http';
import type { Caller, Route } from '@watchfloor/contracts';
import * as contracts from '@watchfloor/contracts';
import * as z from 'zod';
import { apiPrefix } from './handles.ts';

type Json = Readonly<Record<string, unknown>>;

/** Shapes that readers of the document should find by name. */
const named = z.registry<{ id: string }>();
named.add(contracts.problemSchema, { id: 'Problem' });
named.add(contracts.predictionSchema, { id: 'Prediction' });
named.add(contracts.outcomeSchema, { id: 'Outcome' });
named.add(contracts.streamSummarySchema, { id: 'StreamSummary' });
named.add(contracts.tickSchema, { id: 'Tick' });
named.add(contracts.minuteSchema, { id: 'Minute' });
named.add(contracts.policySchema, { id: 'Policy' });
named.add(contracts.detectorSettingsSchema, { id: 'DetectorSettings' });
named.add(contracts.flagSchema, { id: 'Flag' });
named.add(contracts.signalSchema, { id: 'Signal' });
named.add(contracts.verdictSchema, { id: 'Verdict' });
named.add(contracts.servedEntrySchema, { id: 'Entry' });
named.add(contracts.personSchema, { id: 'Person' });
named.add(contracts.meSchema, { id: 'Me' });
named.add(contracts.keySchema, { id: 'IngestKey' });

/** The OpenAPI 3.1 document of all routes in the contracts. */
export function openApiDocument(): Json {
  const components: Record<string, unknown> = {};
  const schemaOf = (schema: z.ZodType): Json => {
    const { definitions, json } = jsonSchemaOf(schema);
    Object.assign(components, definitions);
    return json;
  };
  const problem = schemaOf(z.strictObject({ problem: contracts.problemSchema }));
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries<Route>(contracts.routes)) {
    (paths[apiPrefix + route.path] ??= {})[route.method.toLowerCase()] = operationOf(name, route, schemaOf, problem);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Watchfloor',
      version: '1',
      summary: 'Keeps people on the loop of machine-learning models that run in production',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: components, securitySchemes },
  };
}

const securitySchemes = {
  session: { type: 'apiKey', in: 'cookie', name: 'watchfloor_session' },
  sessionToken: { type: 'http', scheme: 'bearer', description: 'The value of the session cookie' },
  ingestKey: { type: 'http', scheme: 'bearer', description: 'An ingest key' },
};

function securityOf(caller: Caller): readonly Json[] {
  if (caller === 'anybody') return [];
  return caller === 'ingest-key' ? [{ ingestKey: [] }] : [{ session: [] }, { sessionToken: [] }];
}

type SchemaOf = (schema: z.ZodType) => Json;

function operationOf(name: string, route: Route, schemaOf: SchemaOf, problem: Json): Json {
  const status = String(route.status ?? 200);
  const isPermission = route.caller !== 'anybody' && route.caller !== 'ingest-key';
  return {
    operationId: name,
    summary: route.does,
    tags: [route.path.split('/')[1] ?? 'api'],
    ...(isPermission ? { description: `Needs the permission \`${route.caller}\`.` } : {}),
    security: securityOf(route.caller),
    parameters: [...parametersOf('path', route.params, schemaOf), ...parametersOf('query', route.query, schemaOf)],
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(name, route.body, schemaOf) }),
    responses: {
      [status]: {
        description: STATUS_CODES[status] ?? 'Answer',
        ...(route.answer === undefined ? {} : { content: { 'application/json': { schema: schemaOf(route.answer) } } }),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: propertyOf(problem, 'problem') } },
      },
    },
  };
}

function requestBodyOf(name: string, body: z.ZodType, schemaOf: SchemaOf): Json {
  const schema = schemaOf(body);
  const types = name === 'ingest' || name === 'outcomes' ? streamTypes : ['application/json'];
  return {
    required: !body.safeParse(undefined).success,
    content: Object.fromEntries(types.map((type) => [type, type === 'application/json' ? { schema } : {}])),
  };
}

/** What ingest routes take besides plain JSON. */
const streamTypes = [
  'application/json',
  'application/x-ndjson',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
] as const;

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined, schemaOf: SchemaOf): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, parameter]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: parameter,
  }));
}

function propertyOf(schema: Json, name: string): Json {
  return (schema.properties as Record<string, Json>)[name] ?? {};
}

interface WithDefinitions {
  readonly json: Json;
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** The shape on the wire; named shapes in it become references to the document's components. */
function jsonSchemaOf(schema: z.ZodType): WithDefinitions {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: 'input', metadata: named, unrepresentable: 'any' }))
    .replace(/#\/\$defs\/__schema\d+/g, '#/components/schemas/AnyJson')
    .replaceAll('#/$defs/', '#/components/schemas/');
  const { $defs = {}, $schema: _, ...json } = JSON.parse(text) as { $defs?: Record<string, Json>; $schema?: string };
  const definitions = Object.entries($defs).map(([name, { id: _id, ...definition }]) =>
    // The only shape without a name that is referred to is the recursive one of any JSON.
    name.startsWith('__schema') ? ['AnyJson', { description: 'Any JSON value' }] : [name, definition],
  );
  const { id: _id, ...rest } = json as Json;
  return { json: rest, definitions: Object.fromEntries(definitions) as Record<string, unknown> };
}
