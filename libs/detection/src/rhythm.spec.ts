import { describe, expect, it } from '@jest/globals';
import type { Prediction, SignalKind } from '@watchfloor/contracts';
import { watchSettings } from '../../../test/builders/a-stream.ts';
import { startWatch } from './stream-watch.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import { watchClock } from './watch-clock.ts';
import { watchPrediction } from './watch-prediction.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A Monday. */
const startMs = Date.parse('2026-11-23T00:00:00Z');
const settings = watchSettings();

interface Life {
  readonly days: number;
  readonly perHour: number;
  /** How the stream stands at an hour of the day, in [0, 24), on a day counted from 0; null while it is closed. */
  readonly phaseAt: (hour: number, day: number) => number | null;
  /** From this day on confidence falls and label and segment mixes change. */
  readonly changeDay?: number;
  /** What a model's clock says. */
  readonly atOf?: (receivedAtMs: number, draw: number) => number;
}

interface Told {
  readonly kind: SignalKind;
  readonly day: number;
}

/** What is said of the stream of a life, with a look at the clock every five seconds. */
function live({ days, perHour, phaseAt, changeDay = Infinity, atOf = (ms) => ms }: Life): Told[] {
  const watch = startWatch();
  const told: Told[] = [];
  const gapMs = hourMs / perHour;
  let clockMs = startMs;
  let position = 0;
  for (let ms = startMs; ms < startMs + days * dayMs; ms += gapMs) {
    for (; clockMs + 5_000 <= ms; clockMs += 5_000) {
      const { windows } = watchClock(watch, clockMs + 5_000, settings);
      told.push(...windows.map(({ signal }) => ({ kind: signal.kind, day: (clockMs - startMs) / dayMs })));
    }
    const day = (ms - startMs) / dayMs;
    const phase = phaseAt((day % 1) * 24, Math.floor(day));
    if (phase !== null) {
      const receivedAtMs = ms + drawFrom(position, 40) * gapMs * 0.9;
      const prediction = aPrediction(position, phase, day >= changeDay, atOf(receivedAtMs, drawFrom(position, 41)));
      const { windows } = watchPrediction(watch, { prediction, position: ++position, receivedAtMs }, settings);
      told.push(...windows.map(({ signal }) => ({ kind: signal.kind, day })));
    }
  }
  return told;
}

function aPrediction(index: number, phase: number, isChanged: boolean, atMs: number): Prediction {
  const draw = (salt: number) => drawFrom(index, salt);
  const noise = Math.log(draw(42) / (1 - draw(42)));
  const isB = draw(44) < (isChanged ? 0.35 : 0.15);
  return {
    stream: 'toxicity',
    id: `p${index}`,
    at: new Date(atMs).toISOString(),
    confidence: 1 / (1 + Math.exp(-(2 + phase + 0.6 * noise - (isChanged ? 1 : 0)))),
    label: isB ? 'B' : draw(45) < 0.5 + 0.3 * phase ? 'A' : 'C',
    latencyMs: 20 * Math.exp(0.4 * phase + 0.3 * noise),
    segments: { country: draw(46) < 0.5 + 0.3 * phase ? 'SE' : 'US' },
  };
}

const rhythm = (hour: number) => Math.sin(((hour - 6) / 24) * 2 * Math.PI);
const after = (told: readonly Told[], day: number) => told.filter((each) => each.day >= day);

describe('a stream with a rhythm of the day', () => {
  it('is told little of before its hours are known, nothing of it afterwards, and a change at once', () => {
    const told = live({ days: 9, perHour: 240, phaseAt: rhythm, changeDay: 8 });
    const early = told.filter(({ day }) => day < 3.1);
    expect(early.length).toBeLessThanOrEqual(12);
    expect(told.filter(({ day }) => day >= 3.1 && day < 8)).toEqual([]);
    const found = after(told, 8);
    expect(found.find(({ kind }) => kind === 'confidence-shift')?.day).toBeLessThan(8.1);
    expect(found.find(({ kind }) => kind === 'label-shift')?.day).toBeLessThan(8.3);
  });

  it('that is closed at night and on weekends is not silent then, once that is known', () => {
    const phaseAt = (hour: number, day: number) => (day % 7 < 5 && hour >= 9 && hour < 17.5 ? rhythm(hour) : null);
    const told = live({ days: 19, perHour: 120, phaseAt });
    const silent = told.filter(({ kind }) => kind === 'silence').map(({ day }) => Math.floor(day));
    // Two nights, and two weekends.
    expect(silent).toEqual([0, 1, 5, 12]);
    expect(after(told, 4).filter(({ kind }) => kind !== 'silence')).toEqual([]);
  });

  it('raises no storm when the clocks of its people change', () => {
    const phaseAt = (hour: number, day: number) => {
      const local = day < 8 ? hour : (hour + 1) % 24;
      return local >= 8 && local < 20 ? rhythm(local) : null;
    };
    const told = after(live({ days: 14, perHour: 120, phaseAt }), 8);
    expect(told.filter(({ kind }) => kind === 'silence' || kind === 'burst')).toEqual([]);
    expect(told.length).toBeLessThanOrEqual(4);
    expect(new Set(told.map(({ kind }) => kind)).size).toBe(told.length);
  });

  it('raises none when its model’s clock says anything', () => {
    const atOf = (ms: number, draw: number) => (draw < 0.3 ? draw * 1e14 : draw < 0.5 ? ms - draw * 1e9 : ms);
    const told = live({ days: 5, perHour: 120, phaseAt: rhythm, atOf });
    expect(after(told, 1).length).toBeLessThanOrEqual(4);
  });
});

describe('a stream without a rhythm', () => {
  it('is told a change as soon as ever, days after its beginning', () => {
    const told = live({ days: 5, perHour: 240, phaseAt: () => 0, changeDay: 4.5 });
    expect(told.filter(({ day }) => day < 4.5).length).toBeLessThanOrEqual(1);
    expect(after(told, 4.5).find(({ kind }) => kind === 'confidence-shift')?.day).toBeLessThan(4.52);
  });
});
