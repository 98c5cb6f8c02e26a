import type { Policy, PolicySettings } from '@watchfloor/contracts';

/** A policy without its version: what a draft holds. */
export function settingsOf({ version: _, ...settings }: Policy): PolicySettings {
  return settings;
}
