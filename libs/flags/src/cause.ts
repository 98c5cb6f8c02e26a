import type { WindowSignalKind } from '@watchfloor/contracts';

/**
 * What window signals have in common: how the model answers (`behaviour`), how its predictions arrive (`flow`), whom it treats
 * otherwise (`disparity`), and more flags than people can answer (`backlog`). A stream has at most one flag of each that gathers.
 */
export const causeGroups = ['behaviour', 'flow', 'disparity', 'backlog'] as const;
export type CauseGroup = (typeof causeGroups)[number];

const groupOf: Record<WindowSignalKind, CauseGroup> = {
  'confidence-shift': 'behaviour',
  'label-shift': 'behaviour',
  'segment-shift': 'behaviour',
  'unusual-value': 'behaviour',
  repeated: 'behaviour',
  silence: 'flow',
  burst: 'flow',
  'latency-shift': 'flow',
  disparity: 'disparity',
  'unusual-rate': 'flow',
  backlog: 'backlog',
};

/** One fault shows in several detectors at once; those of one group are taken for one fault. */
export function causeGroupOf(kind: WindowSignalKind): CauseGroup {
  return groupOf[kind];
}

export function isWindowKind(kind: string): kind is WindowSignalKind {
  return Object.hasOwn(groupOf, kind);
}
