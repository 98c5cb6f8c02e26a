import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, signalSchema } from '@watchfloor/contracts';
import { recordedStream, replay, specKey, windowsOf, type RecordedRow } from '../../../test/builders/a-stream.ts';
import type { Finding } from './finding.ts';
import { drawFrom } from './statistics/murmur-hash.ts';
import type { WatchSettings } from './watch-settings.ts';

const digits = recordedStream('digits');
const breastScreening = recordedStream('breast-screening');
const diseaseProgression = recordedStream('disease-progression');

function byDefault(streamName: string): WatchSettings {
  const { version, autonomy, labels, alarms, detectors } = defaultPolicy;
  return {
    streamName,
    policyVersion: version,
    autonomy,
    labels,
    alarms,
    detectors,
    auditKey: specKey,
    auditPlan: null,
  };
}

function flaggedShare(findings: readonly Finding[]): number {
  return findings.filter(({ signals }) => signals.length > 0).length / findings.length;
}

function isWrong({ prediction, truth }: RecordedRow): boolean {
  return prediction.label !== truth.label;
}

/** The share of the model's errors that carried a signal. */
function errorsFound(rows: readonly RecordedRow[], findings: readonly Finding[]): number {
  const errors = findings.filter((_, index) => isWrong(rows[index]!));
  return flaggedShare(errors);
}

describe.each([1, 60, 600])('digits, played %d times as fast', (speed) => {
  const findings = replay(digits, byDefault('digits'), speed);
  const outside = digits.map((row, index) => ({ row, finding: findings[index]! })).filter(({ row }) => !row.incident);

  const told = windowsOf(findings).filter(({ index }) => index >= 420 && index < 540);

  it('show the scanner fault of rows 420 to 539 within 40 rows, and name the scanner', () => {
    const [first] = windowsOf(findings);
    expect(first?.window.signal.kind).toBe('segment-shift');
    expect(first?.index).toBeGreaterThanOrEqual(420);
    expect(first?.index).toBeLessThan(460);
    // Positions count from 1, rows from 0.
    expect(Math.abs(first!.window.stretch.fromPosition - 421)).toBeLessThan(10);
    expect(first?.window.stretch.toPosition).toBe(first!.index + 1);
    expect(first?.window.signal.reason).toContain('“scanner=B” went from 3');
  });

  it('show within 60 rows that the answers change too', () => {
    const [found] = told.filter(({ window }) => window.signal.kind === 'label-shift');
    expect(found?.index).toBeLessThan(480);
    expect(Math.abs(found!.window.stretch.fromPosition - 421)).toBeLessThan(10);
    expect(found?.window.signal.reason).toContain('“8”');
  });

  it('tell nothing but that fault, by each detector once', () => {
    expect(windowsOf(findings)).toEqual(told);
    expect(new Set(told.map(({ window }) => window.signal.kind)).size).toBe(told.length);
  });

  it('let at most 12 in 100 be looked at, outside the fault and in all', () => {
    expect(flaggedShare(findings)).toBeLessThanOrEqual(0.12);
    expect(flaggedShare(outside.map(({ finding }) => finding))).toBeLessThanOrEqual(0.12);
  });

  it('lead a person to at least 45 in 100 of the errors outside the fault', () => {
    const rows = outside.map(({ row }) => row);
    expect(
      errorsFound(
        rows,
        outside.map(({ finding }) => finding),
      ),
    ).toBeGreaterThanOrEqual(0.45);
  });
});

describe.each([1, 60, 600])('breast screening, played %d times as fast', (speed) => {
  const findings = replay(breastScreening, byDefault('breast-screening'), speed);

  it('gives no window flag', () => {
    expect(windowsOf(findings)).toEqual([]);
  });

  it('leads a person to about half of the errors with at most 12 looks in 100', () => {
    expect(flaggedShare(findings)).toBeLessThanOrEqual(0.12);
    expect(errorsFound(breastScreening, findings)).toBeGreaterThanOrEqual(0.45);
  });
});

describe.each([1, 60, 600])('disease progression, played %d times as fast', (speed) => {
  const findings = replay(diseaseProgression, byDefault('disease-progression'), speed);

  it('gives no window flag', () => {
    expect(windowsOf(findings)).toEqual([]);
  });

  it('gives few flags, for its intervals are all but equally wide', () => {
    expect(flaggedShare(findings)).toBeLessThanOrEqual(0.08);
    expect(findings.flatMap(({ signals }) => signals).filter(({ kind }) => kind === 'wide-interval')).toEqual([]);
  });
});

describe('the digits without the fault, in any order', () => {
  const sound = digits.filter(({ incident }) => !incident);

  function shuffled(seed: number): RecordedRow[] {
    return sound
      .map((row, index) => ({ row, key: drawFrom(index, seed + 1_000) }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ row }, index) => ({ ...row, offsetSeconds: sound[index]!.offsetSeconds }));
  }

  const orders = Array.from({ length: 100 }, (_, seed) => {
    const rows = shuffled(seed);
    return { rows, findings: replay(rows, byDefault('digits'), 60) };
  });

  it('give no more false window flags than four detectors promise, each one in 100,000 predictions', () => {
    const windows = orders.flatMap(({ findings }) => windowsOf(findings));
    expect(windows.length).toBeLessThanOrEqual((4 * orders.length * sound.length) / 100_000);
    expect(orders.slice(0, 20).flatMap(({ findings }) => windowsOf(findings)).length).toBeLessThanOrEqual(1);
  });

  it('lead a person to half of the errors within the same number of looks', () => {
    for (const { findings } of orders) {
      expect(flaggedShare(findings)).toBeLessThanOrEqual(0.12);
    }
    const found = orders.map(({ rows, findings }) => errorsFound(rows, findings)).toSorted((a, b) => a - b);
    expect(found[50]).toBeGreaterThanOrEqual(0.5);
    expect(found[0]).toBeGreaterThanOrEqual(0.4);
  });
});

describe('P7 every signal of the recorded streams', () => {
  const findings = [digits, breastScreening, diseaseProgression].flatMap((rows) =>
    replay(rows, byDefault(rows[0]!.prediction.stream), 1),
  );
  const signals = findings.flatMap((finding) => [...finding.signals, ...finding.windows.map(({ signal }) => signal)]);

  it('carries kind, figure, threshold, reason, evidence and policy version', () => {
    expect(signals.length).toBeGreaterThan(100);
    for (const signal of signals) {
      expect(signalSchema.parse(signal)).toEqual(signal);
      expect(signal.reason).toMatch(/^[A-Z].{20,}\.$/);
      expect(Object.keys(signal.evidence).length).toBeGreaterThan(0);
      expect(signal.policyVersion).toBe(defaultPolicy.version);
    }
  });
});
