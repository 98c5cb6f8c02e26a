import * as z from 'zod';

/** `2026-11-22 06:00`, with seconds, their fractions and a zone where one likes; `T` may stand for the blank. */
const timestampForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The instant that a row of a series names.
 *
 * @param text a date with or without a time of day; without a zone it is read as UTC
 * @returns milliseconds since 1970, or null for what is no such text
 */
export function timestampMs(text: string): number | null {
  const [, day, hourAndMinute = '00:00', second = '00', fraction = '', zone = 'Z'] =
    timestampForm.exec(text.trim()) ?? [];
  const withColon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms =
    day === undefined ? NaN : Date.parse(`${day}T${hourAndMinute}:${second}${fraction.slice(0, 4)}${withColon}`);
  // The calendar of JavaScript turns the 30th of February into the 2nd of March.
  return Number.isNaN(ms) || !isDay(day ?? '') ? null : ms;
}

function isDay(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}

export const timestampSchema = z
  .string()
  .max(40)
  .refine((text) => timestampMs(text) !== null, 'is not a timestamp like 2026-11-22 06:00:00');

/** One row of a series of numbers. */
export const seriesRowSchema = z.strictObject({ timestamp: timestampSchema, value: z.number() });
export type SeriesRow = z.infer<typeof seriesRowSchema>;

/** As many rows as a request may bring; longer ones are for the command line. */
export const mostSeriesRows = 20_000;

export const scoreRequestSchema = z.strictObject({ rows: z.array(seriesRowSchema).min(1).max(mostSeriesRows) });
export type ScoreRequest = z.infer<typeof scoreRequestSchema>;

export const scoreAnswerSchema = z.strictObject({
  /** One for each row: how odd it was, judged by the rows before it; in [0, 1]. */
  scores: z.array(z.number()),
  /** The last row still fell among those that only set the range. */
  isLearning: z.boolean(),
  /** The usual day and week were known at the end. */
  knowsDay: z.boolean(),
  knowsWeek: z.boolean(),
});
export type ScoreAnswer = z.infer<typeof scoreAnswerSchema>;
