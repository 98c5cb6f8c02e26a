import type { Actor, Instant, Signal, SignalKind, WindowSignal, WindowSignalKind } from '@watchfloor/contracts';
import { plusSeconds } from '@watchfloor/contracts';
import type { Attempt, FlagLife, FoundPrediction } from '@watchfloor/flags';
import { raiseOnPrediction, raiseOnWindow } from '@watchfloor/flags';

/** The instant at which time stands still in specs of flags. */
export const noon: Instant = '2026-11-22T12:00:00.000Z';

export const mika: Actor = { id: '00000000-0000-4000-8000-000000000001', name: 'Mika Ito' };
export const ada: Actor = { id: '00000000-0000-4000-8000-000000000002', name: 'Ada Okafor' };
export const sam: Actor = { id: '00000000-0000-4000-8000-000000000003', name: 'Sam Berg' };

/** A version 4 id whose digits are the number. */
export function anId(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function aSignal(kind: SignalKind, changes: Partial<Signal> = {}): Signal {
  return { kind, score: 0.5, threshold: 0.7, reason: `${kind} was seen`, evidence: {}, policyVersion: 1, ...changes };
}

interface FoundChanges {
  readonly kinds?: readonly SignalKind[];
  readonly signals?: readonly Signal[];
  readonly position?: number;
  readonly label?: string;
  readonly isRepeated?: boolean;
}

export function aFound({
  position = 1,
  label = 'fine',
  isRepeated = false,
  ...changes
}: FoundChanges = {}): FoundPrediction {
  return {
    observed: {
      prediction: { stream: 'toxicity', id: `p${position}`, label, confidence: 0.5 },
      position,
      receivedAtMs: Date.parse(noon) - 60_000 + position,
    },
    signals: changes.signals ?? (changes.kinds ?? ['low-confidence']).map((kind) => aSignal(kind)),
    isRepeated,
  };
}

export function aWindow(kind: WindowSignalKind, changes: Partial<Signal> = {}): WindowSignal {
  return {
    signal: aSignal(kind, changes),
    stretch: { from: plusSeconds(noon, -120), to: plusSeconds(noon, -60), fromPosition: 1, toPosition: 100 },
  };
}

/** An open flag on a prediction whose model said `fine`. */
export function aFlag(changes: Partial<FlagLife> = {}): FlagLife {
  return { ...raiseOnPrediction(anId(100), aFound(), noon), ...changes };
}

/** An open flag on a window. */
export function aWindowFlag(kind: WindowSignalKind = 'confidence-shift', changes: Partial<FlagLife> = {}): FlagLife {
  return { ...raiseOnWindow(anId(200), { windows: [aWindow(kind)], predictions: [] }, noon), ...changes };
}

/** What somebody tries, `afterSeconds` after noon, on any version and without a claim unless told. */
export function anAttempt(
  by: Actor,
  { afterSeconds = 0, ...changes }: Partial<Attempt> & { afterSeconds?: number } = {},
): Attempt {
  return { by, now: plusSeconds(noon, afterSeconds), version: null, claimDigest: null, ...changes };
}

/** The flag, claimed at noon for two minutes under the token whose digest is the person's name. */
export function claimedBy(by: Actor, flag: FlagLife = aFlag(), seconds = 120): FlagLife {
  const stage = {
    state: 'claimed',
    claim: { by, tokenDigest: by.name, expiresAt: plusSeconds(noon, seconds) },
  } as const;
  return { ...flag, version: flag.version + 1, stage };
}
