import {
  instantOf,
  type Autonomy,
  type ObservedPrediction,
  type SignalKind,
  type WhatIfResult,
  type WindowSignalKind,
} from '@watchfloor/contracts';
import type { Finding } from '../finding.ts';
import { confidenceOf } from '../sighting.ts';
import { startWatch, type StreamWatch } from '../stream-watch.ts';
import { watchClock } from '../watch-clock.ts';
import { watchPrediction } from '../watch-prediction.ts';
import type { WatchSettings } from '../watch-settings.ts';
import { drawChanged, drawnSamples, noSamples, type ChangedSamples } from './changed-samples.ts';
import { confidenceBinsOf, countConfidence, noConfidences, type ConfidenceCounts } from './confidence-counts.ts';
import { commonestCells, countSegments, noCells, type SegmentCells } from './segment-cells.ts';
import {
  countPrediction,
  countWindow,
  noCounts,
  sideOf,
  type KnownTruth,
  type SideCounts,
  type SideView,
} from './what-if-side.ts';

/** A stored prediction with what became of it. */
export interface ReplayedPrediction {
  readonly observed: ObservedPrediction;
  /** Kinds of the signals that were stored with it; none where it was not flagged. */
  readonly storedKinds: readonly SignalKind[];
  readonly known: KnownTruth;
}

/** A policy, or what was flagged in truth. */
export type WhatIfBefore =
  | { readonly kind: 'policy'; readonly settings: WatchSettings }
  | { readonly kind: 'stored'; readonly autonomy: Autonomy };

/** What history knows of flags that single predictions do not tell; nothing of it is needed where two policies are compared. */
export interface StoredWindows {
  /** Predictions that joined the flag of a repeated fault. */
  readonly grouped: number;
  readonly byWindowKind: Partial<Record<WindowSignalKind, number>>;
}

/** A replay under way; changed in place. It holds two watches and counts, whatever its length. */
export interface WhatIf {
  readonly settings: WatchSettings;
  readonly before: WhatIfBefore;
  readonly watches: { readonly before: StreamWatch; readonly after: StreamWatch };
  readonly counts: { readonly before: SideCounts; readonly after: SideCounts };
  readonly samples: ChangedSamples;
  readonly cells: SegmentCells;
  readonly confidences: ConfidenceCounts;
  newlyFlagged: number;
  noLongerFlagged: number;
  predictions: number;
  warmedUp: number;
  withConfidence: number;
  drawn: number;
  answered: number;
  firstMs: number;
  lastMs: number;
}

/**
 * Begins a replay of a stream under other settings. It uses the very fold that the live server uses, so a replay from the
 * stream's first prediction says what would have been said; one that begins later is near it once warmed up.
 */
export function startWhatIf(settings: WatchSettings, before: WhatIfBefore): WhatIf {
  return {
    settings,
    before,
    watches: { before: startWatch(), after: startWatch() },
    counts: { before: noCounts(), after: noCounts() },
    samples: noSamples(),
    cells: noCells(),
    confidences: noConfidences(),
    newlyFlagged: 0,
    noLongerFlagged: 0,
    predictions: 0,
    warmedUp: 0,
    withConfidence: 0,
    drawn: 0,
    answered: 0,
    firstMs: NaN,
    lastMs: NaN,
  };
}

/** Shows a prediction from before the window to the detectors only. */
export function warmUp(whatIf: WhatIf, observed: ObservedPrediction): void {
  const { settings, before, watches } = whatIf;
  if (before.kind === 'policy') {
    findings(watches.before, observed, before.settings, whatIf.lastMs);
  }
  findings(watches.after, observed, settings, whatIf.lastMs);
  whatIf.warmedUp++;
  whatIf.lastMs = observed.receivedAtMs;
}

/** Replays the next prediction of the window, in order. */
export function replay(whatIf: WhatIf, { observed, storedKinds, known }: ReplayedPrediction): void {
  const { settings, before, counts } = whatIf;
  const { prediction, receivedAtMs } = observed;
  const viewBefore = whatIf.before.kind === 'stored' ? stored(storedKinds) : look(whatIf, 'before', observed);
  const viewAfter = look(whatIf, 'after', observed);
  const autonomyBefore = before.kind === 'stored' ? before.autonomy : before.settings.autonomy;
  const wasFlagged = countPrediction(counts.before, viewBefore, autonomyBefore, known);
  const isFlagged = countPrediction(counts.after, viewAfter, settings.autonomy, known);
  if (wasFlagged !== isFlagged) {
    if (isFlagged) whatIf.newlyFlagged++;
    else whatIf.noLongerFlagged++;
    drawChanged(whatIf.samples, observed, viewBefore.kinds, viewAfter.kinds, isFlagged);
  }
  if (prediction.segments !== undefined) {
    countSegments(whatIf.cells, prediction.segments, wasFlagged, isFlagged);
  }
  whatIf.withConfidence += countConfidence(whatIf.confidences, confidenceOf(prediction), viewAfter.kinds, known)
    ? 1
    : 0;
  whatIf.drawn += storedKinds.includes('audit-sample') ? 1 : 0;
  whatIf.answered += known.audit === null ? 0 : 1;
  if (whatIf.predictions === 0) {
    whatIf.firstMs = receivedAtMs;
  }
  whatIf.predictions++;
  whatIf.lastMs = receivedAtMs;
}

const minuteDays = 1 / 1_440;

/**
 * What the replay has found.
 *
 * @param reviewers people who may decide
 * @param history of the window, where it was held against what was flagged in truth
 */
export function whatIfResult(whatIf: WhatIf, reviewers: number, history?: StoredWindows): WhatIfResult {
  const { counts, cells, firstMs, lastMs, predictions } = whatIf;
  const days = predictions === 0 ? minuteDays : Math.max(minuteDays, (lastMs - firstMs) / 86_400_000);
  const before = history === undefined ? counts.before : withHistory(counts.before, history);
  return {
    from: instantOf(predictions === 0 ? 0 : firstMs),
    to: instantOf(predictions === 0 ? 0 : lastMs),
    predictions,
    warmedUp: whatIf.warmedUp,
    days,
    reviewers,
    before: sideOf(before, days, reviewers),
    after: sideOf(counts.after, days, reviewers),
    newlyFlagged: whatIf.newlyFlagged,
    noLongerFlagged: whatIf.noLongerFlagged,
    samples: drawnSamples(whatIf.samples),
    bySegment: commonestCells(cells),
    byConfidence: confidenceBinsOf(whatIf.confidences),
    remarks: remarksOn(whatIf),
  };
}

function withHistory(side: SideCounts, { grouped, byWindowKind }: StoredWindows): SideCounts {
  const windowFlags = Object.values(byWindowKind).reduce((sum, count) => sum + count, 0);
  return { ...side, flagged: Math.max(0, side.flagged - grouped), grouped, windowFlags, byWindowKind };
}

function remarksOn({ predictions, drawn, answered, withConfidence, cells }: WhatIf): string[] {
  return [
    predictions === 0 && 'The window holds no predictions.',
    predictions > 0 &&
      answered === 0 &&
      'No audit of this window is answered and settled: nothing can be said of errors.',
    answered > 0 &&
      answered < drawn &&
      `${String(answered)} of the ${String(drawn)} audits drawn in this window are settled; the rest is taken to be like them.`,
    predictions > 0 &&
      withConfidence < predictions &&
      `${String(predictions - withConfidence)} predictions have no confidence in [0, 1].`,
    cells.isFull && 'Some values of segments are too many to be counted apart.',
  ].filter((remark) => remark !== false);
}

const nothing: readonly never[] = Object.freeze([]);
const unflagged: SideView = Object.freeze({ kinds: nothing, isRepeated: false });

function stored(kinds: readonly SignalKind[]): SideView {
  return kinds.length === 0 ? unflagged : { kinds, isRepeated: false };
}

function look(whatIf: WhatIf, side: 'before' | 'after', observed: ObservedPrediction): SideView {
  const { before, settings, watches, counts, lastMs } = whatIf;
  const under = side === 'after' || before.kind === 'stored' ? settings : before.settings;
  const { signals, isRepeated } = findings(watches[side], observed, under, lastMs, counts[side]);
  return signals.length === 0 ? unflagged : { kinds: signals.map(({ kind }) => kind), isRepeated };
}

/** A shorter gap is no silence for any settings; the clock is asked once at the end of a longer one. */
const quietMs = 5_000;

function findings(
  watch: StreamWatch,
  observed: ObservedPrediction,
  settings: WatchSettings,
  lastMs: number,
  counts?: SideCounts,
): Finding {
  const { receivedAtMs } = observed;
  if (receivedAtMs - lastMs > quietMs) {
    countWindows(watchClock(watch, receivedAtMs - 1, settings), counts);
  }
  const finding = watchPrediction(watch, observed, settings);
  countWindows(finding, counts);
  return finding;
}

function countWindows({ windows }: Finding, counts: SideCounts | undefined): void {
  if (windows.length === 0 || counts === undefined) {
    return;
  }
  for (const { signal } of windows) {
    countWindow(counts, signal.kind as WindowSignalKind);
  }
}
