import { describe, expect, it } from '@jest/globals';
import { only, signalsOf, watchAll, windowsOf } from '../../../../test/builders/a-stream.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';

const settings = only('label-shift', { falseAlarmEvery: 100_000 });

function labels(count: number, labelAt: (index: number, draw: number) => string) {
  return Array.from({ length: count }, (_, index) => ({ label: labelAt(index, drawFrom(index, 71)) }));
}

const even = (draw: number, kinds: number) => String(Math.floor(draw * kinds));

describe('a shift of the label mix', () => {
  it('is told with the labels that grew and shrank', () => {
    const rows = labels(1_300, (index, draw) => (index < 1_000 ? even(draw, 10) : draw < 0.4 ? '8' : even(draw, 10)));
    const [found, ...others] = windowsOf(watchAll(rows, settings));
    expect(others).toEqual([]);
    expect(found?.index).toBeGreaterThan(1_000);
    expect(found?.index).toBeLessThan(1_060);
    const { signal, stretch } = found!.window;
    expect(signal.reason).toMatch(/^The mix of answers changed over the last \d+ predictions or so: “8” went from /);
    const [grew] = signal.evidence.grew as { label: string; before: number; after: number }[];
    expect(grew?.label).toBe('8');
    expect(grew?.before).toBeCloseTo(0.1, 1);
    expect(grew?.after).toBeGreaterThan(0.3);
    expect((signal.evidence.shrank as unknown[]).length).toBeGreaterThan(2);
    expect(Math.abs(stretch.fromPosition - 1_001)).toBeLessThan(20);
  });

  it('is seen when labels come that never came', () => {
    const rows = labels(900, (index, draw) => (index < 800 || draw < 0.7 ? even(draw, 2) : `news-${index}`));
    const [found] = signalsOf(watchAll(rows, settings), 'label-shift');
    expect(found?.index).toBeGreaterThanOrEqual(800);
    expect(found?.index).toBeLessThan(830);
    expect(found?.signal.reason).toContain('all other labels went from');
  });

  it('is seen when one of ten labels comes twice as often', () => {
    const rows = labels(5_000, (index, draw) => (index >= 3_000 && draw < 0.1 ? '3' : even(draw, 10)));
    const [found] = signalsOf(watchAll(rows, settings), 'label-shift');
    expect(found?.index).toBeGreaterThan(3_000);
    expect(found?.index).toBeLessThan(3_800);
  });

  it.each([1, 2, 10, 64, 65, 300])('keeps its promise about false alarms with %d labels', (kinds) => {
    const often = only('label-shift', { falseAlarmEvery: 1_000 });
    const rows = labels(40_000, (_, draw) => even(draw ** 2, kinds));
    const found = signalsOf(watchAll(rows, often, { gapMs: 600_000 }), 'label-shift');
    expect(found.length).toBeLessThanOrEqual(40);
  });

  it('stays within its bounds when every label is new and long', () => {
    const rows = labels(5_000, (index) => `${index}-${'界'.repeat(190)}`);
    expect(signalsOf(watchAll(rows, settings), 'label-shift')).toEqual([]);
  });

  it('takes labels that are names of an object for what they are', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const rows = labels(2_000, (index, draw) => (index < 1_500 ? names[Math.floor(draw * 3)]! : '__proto__'));
    const [found] = signalsOf(watchAll(rows, settings), 'label-shift');
    expect(found?.signal.reason).toContain('“__proto__” went from 3');
  });
});
