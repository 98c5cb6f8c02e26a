import type { PolicySettings } from '@watchfloor/contracts';
import { defaultPolicy } from '@watchfloor/contracts';

/**
 * A policy as it was stored, perhaps by an older program, with the default of every setting that it lacks: of whole parts,
 * of detectors, and of single settings in them. What it has, it keeps.
 */
export function wholePolicy(stored: PolicySettings): PolicySettings {
  const { version: _version, ...defaults } = defaultPolicy;
  return completed(defaults, stored) as unknown as PolicySettings;
}

type Part = Readonly<Record<string, unknown>>;

function completed(defaults: Part, stored: Part): Part {
  const lacking = Object.entries(defaults).flatMap(([name, value]) => {
    const own = stored[name];
    if (own === undefined) return [[name, value]];
    return isPart(value) && isPart(own) ? [[name, completed(value, own)]] : [];
  });
  return { ...stored, ...(Object.fromEntries(lacking) as Part) };
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
