import type { Autonomy, DetectorSettings } from '@watchfloor/contracts';

/** What of a stream's policy its watch must know. */
export interface WatchSettings {
  readonly streamName: string;
  /** Goes into every signal. */
  readonly policyVersion: number;
  /** Does not change what is detected; what becomes of a signal is decided by its reader. */
  readonly autonomy: Autonomy;
  /** The declared labels; empty means: as seen. */
  readonly labels: readonly string[];
  readonly detectors: DetectorSettings;
}
