import { readFile } from 'node:fs/promises';
import type { PolicySettings } from '@watchfloor/contracts';
import { defaultPolicy, policySettingsSchema } from '@watchfloor/contracts';
import * as z from 'zod';

const partSchema = z.looseObject({ detectors: z.record(z.string(), z.looseObject({})).optional() });

/**
 * Settings of a policy from a JSON file: as the server serves them, or parts, which stand for those of a new stream.
 *
 * @throws Error naming the file, the place and the reason when it is no policy
 */
export async function readSettings(file: string | undefined): Promise<PolicySettings> {
  return file === undefined
    ? settingsFrom({}, 'the default')
    : settingsFrom(parsed(await readFile(file, 'utf8'), file), file);
}

/** The same from what a file holds. */
export function settingsFrom(given: unknown, place: string): PolicySettings {
  const part = partSchema.safeParse(given);
  if (!part.success) throw new Error(`${place}: is no policy`);
  const { detectors = {}, ...rest } = part.data;
  const own: Readonly<Record<string, object>> = defaultPolicy.detectors;
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(own), ...Object.keys(detectors)])].map((kind) => [
      kind,
      { ...own[kind], ...detectors[kind] },
    ]),
  );
  const { version: _, ...whole } = { ...defaultPolicy, ...rest, detectors: merged };
  const settings = policySettingsSchema.safeParse(whole);
  if (settings.success) return settings.data;
  const issue = settings.error.issues[0];
  throw new Error(`${place}: /${issue?.path.join('/') ?? ''} ${issue?.message ?? 'does not fit'}`);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${file}: not JSON`, { cause: error });
  }
}
