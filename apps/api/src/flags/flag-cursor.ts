import { instantSchema } from '@watchfloor/contracts';
import * as z from 'zod';
import type { FlagPlace } from './flag-list.store.ts';

const placeSchema = z.tuple([
  z.int().min(1).max(4),
  z.union([instantSchema, z.literal('infinity')]),
  instantSchema,
  z.uuid(),
]);

/** A place in a list as the opaque text that a client gives back. */
export function cursorOf({ priority, dueAt, raisedAt, id }: FlagPlace): string {
  return Buffer.from(JSON.stringify([priority, dueAt, raisedAt, id])).toString('base64url');
}

/** @returns undefined for a text that is no cursor of ours */
export function placeFrom(cursor: string): FlagPlace | undefined {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (!parsed.success) {
      return undefined;
    }
    const [priority, dueAt, raisedAt, id] = parsed.data;
    return { priority, dueAt, raisedAt, id };
  } catch {
    return undefined;
  }
}
