import * as z from 'zod';
import * as access from '../access.ts';
import { pageSchema } from '../paging.ts';
import type { Route } from './route.ts';

const idParams = z.strictObject({ id: z.uuid() });

export const accessRoutes = {
  login: {
    method: 'POST',
    path: '/auth/login',
    caller: 'anybody',
    does: 'Signs in by password',
    body: access.loginRequestSchema,
    answer: access.meSchema,
    status: 200,
  },
  link: {
    method: 'POST',
    path: '/auth/link',
    caller: 'anybody',
    does: 'Signs in by a one-time link',
    body: access.linkRequestSchema,
    answer: access.meSchema,
    status: 200,
  },
  logout: { method: 'POST', path: '/auth/logout', caller: 'account.own', does: 'Signs out', status: 204 },
  me: {
    method: 'GET',
    path: '/auth/me',
    caller: 'account.own',
    does: 'Who I am and what I may do',
    answer: access.meSchema,
  },
  people: {
    method: 'GET',
    path: '/people',
    caller: 'people.read',
    does: 'People, by name',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      after: z.string().max(300).optional(),
    }),
    answer: pageSchema(access.personSchema),
  },
  addPerson: {
    method: 'POST',
    path: '/people',
    caller: 'people.edit',
    does: 'Adds a person',
    body: access.newPersonSchema,
    answer: access.personSchema,
    status: 201,
  },
  changePerson: {
    method: 'PATCH',
    path: '/people/{id}',
    caller: 'account.own',
    does: 'Changes a person; others only by those who may edit people',
    params: idParams,
    body: access.personChangeSchema,
    answer: access.personSchema,
  },
  keys: {
    method: 'GET',
    path: '/keys',
    caller: 'keys.read',
    does: 'Ingest keys, without their secrets',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      after: z.string().max(100).optional(),
    }),
    answer: pageSchema(access.keySchema),
  },
  addKey: {
    method: 'POST',
    path: '/keys',
    caller: 'keys.edit',
    does: 'Makes an ingest key; its secret is shown once',
    body: access.newKeySchema,
    answer: access.createdKeySchema,
    status: 201,
  },
  revokeKey: {
    method: 'DELETE',
    path: '/keys/{id}',
    caller: 'keys.edit',
    does: 'Revokes an ingest key',
    params: idParams,
    status: 204,
  },
} as const satisfies Record<string, Route>;
