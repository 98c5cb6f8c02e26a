import type * as z from 'zod';
import { refuse } from './refused.ts';

/** Writes where a page ended; opaque to whoever carries it. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws Refused `malformed` when the cursor is none of ours */
export function readCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    refuse('malformed', '/query/after: is not a cursor that a page has named', {
      faults: [{ pointer: '/query/after', reason: 'is not a cursor that a page has named' }],
    });
  }
}
