import type * as z from 'zod';
import type { Permission } from '../access.ts';

/** Who may call: a permission of signed-in people, an ingest key, or anybody. */
export type Caller = Permission | 'ingest-key' | 'anybody';

/** One HTTP question. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v1`; parameters in braces. */
  readonly path: string;
  readonly caller: Caller;
  readonly does: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Absent where the answer has no body. */
  readonly answer?: z.ZodType;
  /** Default 200. */
  readonly status?: number;
}
