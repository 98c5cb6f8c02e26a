import { describe, expect, it } from '@jest/globals';
import { whatIfResultSchema, type WhatIfResult } from '@watchfloor/contracts';
import {
  recordedStream,
  replay as replayLive,
  streamStartMs,
  watchSettings,
  type DetectorChanges,
} from '../../../../test/builders/a-stream.ts';
import { dice } from '../../../../test/builders/dice.ts';
import type { WatchSettings } from '../watch-settings.ts';
import { replay, startWhatIf, warmUp, whatIfResult, type ReplayedPrediction, type WhatIfBefore } from './what-if.ts';

const digits = recordedStream('digits');
const settings = (changes: DetectorChanges = {}, others: Partial<Omit<WatchSettings, 'detectors'>> = {}) =>
  watchSettings(changes, { streamName: 'digits', ...others });

/** The recorded stream as it would lie in the database, looked at under these settings. */
function storedDigits(under: WatchSettings): ReplayedPrediction[] {
  const live = replayLive(digits, under, 1);
  return digits.map(({ offsetSeconds, prediction, truth }, index) => {
    const storedKinds = live[index]!.signals.map(({ kind }) => kind);
    const isError = prediction.label !== truth.label;
    const audit = storedKinds.includes('audit-sample')
      ? { probability: under.detectors['audit-sample'].probability, isError }
      : null;
    const receivedAtMs = streamStartMs + Math.round(offsetSeconds * 1_000);
    return {
      observed: { prediction, position: index + 1, receivedAtMs },
      storedKinds,
      known: { audit, outcomeIsError: isError },
    };
  });
}

function played(rows: readonly ReplayedPrediction[], under: WatchSettings, before: WhatIfBefore): WhatIfResult {
  const whatIf = startWhatIf(under, before);
  rows.forEach((row) => replay(whatIf, row));
  return whatIfResult(whatIf, 2);
}

const stored: WhatIfBefore = { kind: 'stored', autonomy: 'supervised' };

describe('a what-if', () => {
  it('under the policy that was in force changes nothing', () => {
    const rows = storedDigits(settings());
    const result = whatIfResultSchema.parse(played(rows, settings(), stored));
    expect(result).toMatchObject({ predictions: 1_297, newlyFlagged: 0, noLongerFlagged: 0, samples: [] });
    expect(result.after.flagged + result.after.grouped).toBe(result.before.flagged);
    expect(result.after.byKind).toEqual(result.before.byKind);
  });

  it('gives the same answer held against history and against the policy that made it', () => {
    const rows = storedDigits(settings());
    const other = settings({ 'low-confidence': { threshold: 0.8 } });
    const [history, policy] = [stored, { kind: 'policy', settings: settings() } as const].map((before) =>
      played(rows, other, before),
    );
    expect(history!.after).toEqual(policy!.after);
    expect([history!.newlyFlagged, history!.noLongerFlagged, history!.samples, history!.bySegment]).toEqual([
      policy!.newlyFlagged,
      policy!.noLongerFlagged,
      policy!.samples,
      policy!.bySegment,
    ]);
  });

  it('flags exactly those below the threshold asked about, and so does the slider', () => {
    const off = { enabled: false };
    const changes = { malformed: off, 'small-margin': off, 'audit-sample': off };
    const rows = storedDigits(settings());
    const result = played(rows, settings({ ...changes, 'low-confidence': { threshold: 0.8 } }), stored);
    const below = digits.filter(({ prediction }) => prediction.confidence! < 0.8).length;
    const bins = result.byConfidence.filter(({ to }) => to <= 0.8 + 1e-9);
    expect(result.after.byKind['low-confidence']).toBe(below);
    expect(bins.reduce((sum, { predictions }) => sum + predictions, 0)).toBe(below);
    expect(result.after.passed).toBe(digits.length - below);
  });

  it('shows predictions that change side, the same ones again, and counts by segment', () => {
    const rows = storedDigits(settings());
    const stricter = settings({ 'low-confidence': { threshold: 0.9 } });
    const { samples, bySegment, newlyFlagged, noLongerFlagged, before, after } = played(rows, stricter, stored);
    expect(samples).toHaveLength(10);
    for (const { before: was, after: is } of samples) expect(was.length === 0).toBe(is.length > 0);
    expect(played(rows, stricter, stored).samples).toEqual(samples);
    expect(newlyFlagged - noLongerFlagged).toBe(after.flagged + after.grouped - before.flagged);
    const scanners = bySegment.filter(({ segment }) => segment === 'scanner');
    expect(scanners.map(({ value }) => value).sort()).toEqual(['A', 'B']);
    expect(scanners.reduce((sum, { predictions }) => sum + predictions, 0)).toBe(digits.length);
  });

  it('lets an autonomous stream pass everything but its sample', () => {
    const rows = storedDigits(settings());
    const { after } = played(rows, settings({}, { autonomy: 'autonomous' }), stored);
    expect(after.flagged).toBe(after.byKind['audit-sample']);
    expect(after.passed).toBe(digits.length);
  });

  it('counts the known errors that pass, and says what it does not know', () => {
    const none = storedDigits(settings({ 'audit-sample': { enabled: false } }));
    const { after, remarks } = played(none, settings({ 'low-confidence': { threshold: 0 } }), stored);
    expect(after.knownPassed.outcomes).toBe(after.passed);
    expect(after.passedErrors).toEqual({ rate: null, low: 0, high: 1, answers: 0, errors: 0 });
    expect(remarks.join()).toContain('nothing can be said of errors');
    expect(played([], settings(), stored).remarks).toEqual(['The window holds no predictions.']);
  });

  it('is warmed up by what came before the window, without counting it', () => {
    const rows = storedDigits(settings());
    const whatIf = startWhatIf(settings(), stored);
    rows.slice(0, 800).forEach(({ observed }) => warmUp(whatIf, observed));
    rows.slice(800).forEach((row) => replay(whatIf, row));
    expect(whatIfResult(whatIf, 0)).toMatchObject({
      warmedUp: 800,
      predictions: digits.length - 800,
      newlyFlagged: 0,
      noLongerFlagged: 0,
      after: { flagsPerDayPerReviewer: null },
    });
  });

  it('estimates the errors that pass with an interval that holds about as often as it says', () => {
    const random = dice(11);
    const under = settings({ 'low-confidence': { threshold: 0.5 }, 'small-margin': { enabled: false } });
    const runs = Array.from({ length: 200 }, () => {
      let wrong = 0;
      const rows = Array.from({ length: 600 }, (_, index): ReplayedPrediction => {
        const confidence = 0.5 + random() / 2;
        const isError = random() > confidence;
        // Those less sure are drawn oftener: without weights the estimate would be far too high.
        const probability = confidence < 0.7 ? 0.9 : 0.3;
        wrong += isError ? 1 : 0;
        const audit = random() < probability ? { probability, isError } : null;
        const prediction = { stream: 'digits', id: `p${String(index)}`, label: 'a', confidence };
        return {
          observed: { prediction, position: index + 1, receivedAtMs: streamStartMs + index },
          storedKinds: audit === null ? [] : ['audit-sample'],
          known: { audit, outcomeIsError: null },
        };
      });
      const { low, high, rate } = played(rows, under, stored).after.passedErrors;
      return { isInside: low <= wrong / 600 && wrong / 600 <= high, off: rate! - wrong / 600 };
    });
    expect(runs.filter(({ isInside }) => isInside).length).toBeGreaterThanOrEqual(172);
    expect(Math.abs(runs.reduce((sum, { off }) => sum + off, 0) / runs.length)).toBeLessThan(0.005);
  });
});
