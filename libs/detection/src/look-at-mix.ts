import { alarmHeight } from './alarm-budget.ts';
import { stretchStart } from './arrivals.ts';
import type { WindowObservation } from './detector.ts';
import type { Sighting } from './sighting.ts';
import {
  countLabel,
  forgetLabels,
  noLabels,
  otherCount,
  placeAgain,
  type LabelCounts,
} from './statistics/label-counts.ts';
import {
  fixMix,
  isBackAsBefore,
  isMixFixed,
  learnMixAgain,
  mixChange,
  noMixShift,
  rebuildMix,
  watchMix,
  type MixChange,
  type MixShift,
} from './statistics/mix-shift.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import { alarmEvidence, alarmFigures, assurance, type ShiftAlarm } from './told-alarm.ts';
import type { WatchSettings } from './watch-settings.ts';
import { percent, quoted } from './wording.ts';

/** Names that come with predictions, and how often each does. */
export interface WatchedMix {
  /** The names of the first predictions; they become the events, with one more for all others. */
  readonly names: LabelCounts;
  /** Predictions that the names were learnt from. */
  learnt: number;
  readonly mix: MixShift;
}

/** What is mixed, and how it is spoken of. */
export interface MixOfStream {
  readonly kind: 'label-shift' | 'segment-shift';
  /** Told apart from the draws of other detectors. */
  readonly salt: number;
  /** The mix as the subject of a sentence. */
  readonly subject: string;
  readonly others: string;
  /** Of all names together, as JSON. */
  readonly mostBytes: number;
}

/** From so many predictions the names are known that will be watched one by one, and about how often each comes. */
export const learnCount = 150;

/** @param most names that are watched one by one; 15 at most where a prediction has several */
export function noWatchedMix(most: number): WatchedMix {
  return { names: noLabels(most), learnt: 0, mix: noMixShift(most + 1) };
}

export function rebuildWatchedMix({ names, mix }: WatchedMix): void {
  placeAgain(names);
  rebuildMix(mix);
}

/** It has seen names, but not enough of them to tell a change. */
export function isLearningMix({ mix }: WatchedMix): boolean {
  return !isMixFixed(mix);
}

/** Learns from the names of one prediction which are to be watched. */
export function learnNames(watched: WatchedMix, names: readonly string[], mostBytes: number): void {
  names.forEach((name) => countLabel(watched.names, name, mostBytes));
  watched.learnt++;
  if (watched.learnt >= learnCount) {
    fixMix(watched.mix, firstShares(watched.names));
  }
}

/**
 * Takes in the names of one prediction, and tells a change; after one it learns anew.
 *
 * @param places of its names, -1 for those without one
 */
export function lookAtMix(
  watched: WatchedMix,
  places: readonly number[],
  what: MixOfStream,
  sighting: Sighting,
  settings: WatchSettings,
): WindowObservation | null {
  const { mix, names } = watched;
  const { happens } = mix.all.derived;
  happens.fill(0);
  for (const place of places) {
    happens[place < 0 ? names.names.length : place] = 1;
  }
  const asked = alarmHeight(what.kind, settings.detectors[what.kind].falseAlarmEvery, settings, sighting);
  const { by, score, event } = watchMix(mix, drawFrom(sighting.hash, what.salt), sighting, asked.height);
  if (by !== 'all' && by !== 'day') {
    return null;
  }
  const alarm = { score, asked, by, course: mix.course };
  const change = mixChange(mix, event);
  const isTold = isWorthSaying(change, event) && !isBackAsBefore(mix, change, event);
  const told = isTold ? describe(change, event, names.names, what, alarm, sighting) : null;
  if (learnMixAgain(mix, change)) {
    forgetLabels(names);
    watched.learnt = 0;
  }
  return told;
}

/**
 * Shares of the first names, and last of all others: those without a place, and as many as were seen once, which is what
 * may be expected of names not seen yet (Good, The population frequencies of species, 1953).
 */
function firstShares(names: LabelCounts): number[] {
  const known = names.names.map((_, place) => names.counts[place] ?? 0);
  const once = known.filter((count) => count === 1).length;
  const counts = [...known, otherCount(names) + once];
  return counts.map((count) => Math.min(1, (count + 0.5) / (learnCount + 1)));
}

/** A smaller change, however certain, is not worth a person's time. */
const leastDifference = 0.02;

function isWorthSaying({ before, after }: MixChange, event: number): boolean {
  return Math.abs((after[event] ?? 0) - (before[event] ?? 0)) >= leastDifference;
}

const mostNamed = 5;

interface NamedChange {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

function describe(
  { before, after, afterCount }: MixChange,
  event: number,
  names: readonly string[],
  { subject, others }: MixOfStream,
  alarm: ShiftAlarm,
  sighting: Sighting,
): WindowObservation {
  const changeOf = (which: number): NamedChange => ({
    name: names[which] ?? others,
    before: before[which] ?? 0,
    after: after[which] ?? 0,
  });
  const found = changeOf(event);
  const rest = before
    .map((_, which) => changeOf(which))
    .filter(({ name }) => name !== found.name)
    .toSorted(byDifference);
  const grew = [found, ...rest].filter((change) => change.after > change.before).slice(0, mostNamed);
  const shrank = [found, ...rest].filter((change) => change.after < change.before).slice(0, mostNamed);
  const told = [found, ...rest.slice(0, 1)].map((change) => inWords(change, others)).join(', ');
  return {
    ...alarmFigures(alarm),
    reason: `${subject} changed over the last ${afterCount} predictions or so: ${told}. ${assurance(alarm)}`,
    evidence: { grew: grew.map(plain), shrank: shrank.map(plain), afterCount, ...alarmEvidence(alarm) },
    ...stretchStart(sighting.arrivals, afterCount),
  };
}

function plain({ name, before, after }: NamedChange): { label: string; before: number; after: number } {
  return { label: name, before, after };
}

function byDifference(a: NamedChange, b: NamedChange): number {
  return Math.abs(b.after - b.before) - Math.abs(a.after - a.before);
}

function inWords({ name, before, after }: NamedChange, others: string): string {
  return `${name === others ? name : quoted(name)} went from ${percent(before)} to ${percent(after)}`;
}
