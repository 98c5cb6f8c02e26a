import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Outcome, Prediction } from '@watchfloor/contracts';
import { outcomeSchema, predictionSchema } from '@watchfloor/contracts';
import * as z from 'zod';

const truthSchema = z.object({ label: z.string().optional(), value: z.number().optional() });
const lineSchema = z.object({
  offsetSeconds: z.number().min(0),
  prediction: predictionSchema,
  truth: truthSchema.optional(),
});

/** One line of a recorded stream: a prediction, when it came after the start, and what turned out to be true. */
export interface RecordedPrediction {
  readonly offsetSeconds: number;
  readonly prediction: Prediction;
  readonly truth?: Outcome;
}

/**
 * Reads a recorded stream (JSON lines `{offsetSeconds, prediction, truth?}`) line by line, whatever its size.
 *
 * @throws Error naming file, line and reason at the first line that does not fit
 */
export async function* readRecording(file: string): AsyncGenerator<RecordedPrediction> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') yield readRecorded(line, `${file}:${String(number)}`);
  }
}

/**
 * One line of a recorded stream.
 *
 * @param place names file and line in an error
 * @throws Error naming place and reason when it does not fit
 */
export function readRecorded(line: string, place: string): RecordedPrediction {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new Error(`${place}: not JSON`, { cause: error });
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${place}: /${issue?.path.join('/') ?? ''} ${issue?.message ?? 'does not fit'}`);
  }
  const { offsetSeconds, prediction, truth } = parsed.data;
  if (truth === undefined) return { offsetSeconds, prediction };
  const outcome = outcomeSchema.parse({ stream: prediction.stream, id: prediction.id, ...truth });
  return { offsetSeconds, prediction, truth: outcome };
}

/** How many lines a file has, for the progress bar. */
export async function countLines(file: string): Promise<number> {
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (line.trim() !== '') count += 1;
  }
  return count;
}
