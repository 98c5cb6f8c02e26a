import * as z from 'zod';
import type { Instant } from './moment.ts';

/** Reads any ISO 8601 moment that names its offset and gives it back in UTC with milliseconds. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is not a moment of the calendar')
  .transform((text): Instant => new Date(text).toISOString());
