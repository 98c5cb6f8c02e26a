import { instantOf, isRefusal, type Layer, type Rotation } from '@watchfloor/contracts';
import { shiftOf, timeline, whoIsOnCall, zoneClock, type ZoneClock } from '@watchfloor/oncall';
import { anId } from '../builders/a-flag.ts';
import { aLayer, alice, bob, carol } from '../builders/a-schedule.ts';
import { LocalClock } from './local-clock.ts';

const dayMs = 86_400_000;
const unitMs = { hour: 3_600_000, day: dayMs, week: 7 * dayMs };

/** What one zone's shifts came to. */
export interface ZoneReport {
  readonly zone: string;
  readonly shifts: number;
  readonly changes: number;
  /** Hand-offs at a local time that was jumped over, and at one that came twice. */
  readonly inGaps: number;
  readonly inFolds: number;
  /** Shifts that do not take place: all of their time was jumped over. */
  readonly empty: number;
  readonly failures: readonly string[];
}

/** Daily and half-daily turns with hand-offs where clocks change; the whole form adds more times, weeks and hours. */
export function rotationsToCheck(startsOn: string, isWhole: boolean): readonly Rotation[] {
  const participants = [alice, bob, carol];
  const times = ['01:45', '02:00', '02:15', '02:30', ...(isWhole ? ['00:00', '00:30', '01:30', '03:00', '09:00'] : [])];
  const daily = times.map((handOffAt) => ({
    unit: 'day' as const,
    length: 1,
    startsOn,
    handOffAt,
    participants,
  }));
  return [
    ...daily,
    { unit: 'hour', length: 12, startsOn, handOffAt: '02:30', participants },
    ...(isWhole
      ? [
          { unit: 'week' as const, length: 1, startsOn, handOffAt: '02:30', participants },
          { unit: 'hour' as const, length: 1, startsOn, handOffAt: '00:00', participants },
        ]
      : []),
  ];
}

/**
 * Looks at every shift of some rotations in one zone, against what `Intl` says of the zone's clock: each hand-off is at the first
 * moment at which the clock shows its time or a later one, shifts follow each other, are as long as the rule says, and whoever has the
 * shift is on call from its first to its last millisecond; weekly hours that touch leave no gap and never overlap.
 */
export function checkZone(zone: string, rotations: readonly Rotation[], untilMs: number): ZoneReport {
  const local = new LocalClock(zone);
  const clock = zoneClock(zone);
  const startMs = Math.min(...rotations.map(({ startsOn }) => Date.parse(startsOn))) - 2 * dayMs;
  const changes = local.changes(startMs, untilMs);
  const check = new ZoneCheck(zone, clock, local, changes);
  rotations.forEach((rotation) => check.rotation(rotation, untilMs));
  check.touchingHours(startMs + 3 * dayMs, untilMs);
  return { zone, changes: changes.length, ...check.counts, failures: check.failures };
}

class ZoneCheck {
  readonly failures: string[] = [];
  readonly counts = { shifts: 0, inGaps: 0, inFolds: 0, empty: 0 };
  readonly #zone: string;
  readonly #clock: ZoneClock;
  readonly #local: LocalClock;
  readonly #changes: readonly number[];

  constructor(zone: string, clock: ZoneClock, local: LocalClock, changes: readonly number[]) {
    this.#zone = zone;
    this.#clock = clock;
    this.#local = local;
    this.#changes = changes;
  }

  rotation(rotation: Rotation, untilMs: number): void {
    const layer = aLayer({}, rotation);
    const nominalMs = unitMs[rotation.unit] * rotation.length;
    const first = Date.parse(`${rotation.startsOn}T${rotation.handOffAt}Z`);
    let before = this.#handOff(layer, 0, first);
    for (let number = 0; before.untilMs < untilMs; number += 1) {
      const after = this.#handOff(layer, number + 1, first + (number + 1) * nominalMs);
      const what = `${rotation.unit} x ${rotation.length} at ${rotation.handOffAt}, shift ${number}`;
      this.counts.shifts += 1;
      this.#expect(after.fromMs === before.untilMs, `${what}: the next does not follow`);
      this.#expect(after.fromMs >= before.fromMs, `${what}: ends before it begins`);
      const ruleMs = nominalMs + after.lateMs - before.lateMs + before.offsetMs - after.offsetMs;
      this.#expect(
        after.fromMs - before.fromMs === ruleMs,
        `${what}: ${after.fromMs - before.fromMs} ms, not ${ruleMs}`,
      );
      if (after.fromMs === before.fromMs) {
        this.counts.empty += 1;
      } else {
        this.#isOnCall(layer, number, before.fromMs, what);
        this.#isOnCall(layer, number, after.fromMs - 1, what);
      }
      before = after;
    }
  }

  /** Three layers, each with a third of the day, side by side: somebody is always on call, and never two. */
  touchingHours(fromMs: number, untilMs: number): void {
    const days = [1, 2, 3, 4, 5, 6, 7];
    const cuts = ['02:30', '01:30', '00:00'];
    const layers = cuts.map((from, index) =>
      aLayer(
        { id: anId(21 + index), joins: true, hours: [{ days, from, until: cuts.at(index - 1) ?? from }] },
        { startsOn: instantOf(fromMs - 2 * dayMs).slice(0, 10), participants: [alice] },
      ),
    );
    const plan = { timeZone: this.#zone, layers, overrides: [] };
    for (let at = fromMs; at < untilMs; at += 365 * dayMs) {
      const stretches = timeline(plan, instantOf(at), instantOf(Math.min(at + 365 * dayMs, untilMs)), this.#clock);
      if (isRefusal(stretches)) {
        throw new Error(stretches.because);
      }
      stretches.forEach(({ from, onCall }) =>
        this.#expect(onCall.length === 1, `${onCall.length} on call from ${from} in hours that touch`),
      );
    }
  }

  /** Where a hand-off is, how late it is after a local time that was jumped over, and the offset from then on. */
  #handOff(
    layer: Layer,
    number: number,
    reading: number,
  ): Record<'fromMs' | 'untilMs' | 'lateMs' | 'offsetMs', number> {
    const shift = shiftOf(layer, number, this.#clock);
    const fromMs = Date.parse(shift.from);
    const shown = this.#local.shows(fromMs);
    const what = `hand-off ${number} at ${new Date(reading).toISOString().slice(0, 16)}`;
    this.#expect(shown >= reading, `${what}: the clock is not there yet`);
    this.#expect(this.#local.shows(fromMs - 1) < reading, `${what}: the clock was there before`);
    const recent = this.#changes.filter((at) => at <= fromMs && at > fromMs - 26 * 3_600_000);
    recent.forEach((at) =>
      this.#expect(this.#local.shows(at - 1) < reading, `${what}: the clock was there once before`),
    );
    this.counts.inGaps += shown > reading ? 1 : 0;
    this.counts.inFolds += this.#comesAgain(fromMs, reading) ? 1 : 0;
    const untilMs = Date.parse(shift.until);
    return { fromMs, untilMs, lateMs: shown - reading, offsetMs: this.#local.offsetMs(fromMs) };
  }

  #comesAgain(fromMs: number, reading: number): boolean {
    const change = this.#changes.find((at) => at > fromMs && at < fromMs + 26 * 3_600_000);
    return change !== undefined && this.#local.shows(change) <= reading && this.#local.shows(change - 1) >= reading;
  }

  #isOnCall(layer: Layer, number: number, epochMs: number, what: string): void {
    const plan = { timeZone: this.#zone, layers: [layer], overrides: [] };
    const [duty] = whoIsOnCall(plan, instantOf(epochMs), this.#clock);
    const expected = layer.rotation.participants[number % layer.rotation.participants.length];
    const isRight = duty?.shift === number && duty.personId === expected;
    this.#expect(isRight, `${what}: not on call at ${instantOf(epochMs)}`);
  }

  #expect(isTrue: boolean, otherwise: string): void {
    if (!isTrue && this.failures.length < 20) {
      this.failures.push(`${this.#zone}: ${otherwise}`);
    }
  }
}
