import { describe, expect, it } from '@jest/globals';
import { only, watchAll, watchSettings, windowsOf } from '../../../../test/builders/a-stream.ts';

const settings = { ...only('malformed'), labels: ['fine'] };

/** '.' is a sound prediction, 'x' one in doubt. */
function pattern(text: string) {
  return watchAll(
    Array.from(text, (mark) => ({ label: mark === 'x' ? 'spam' : 'fine' })),
    settings,
  );
}

describe('repeated doubt', () => {
  it('is told when half of the last forty are in doubt', () => {
    const [found, ...others] = windowsOf(pattern('.'.repeat(100) + 'x'.repeat(50)));
    expect(others).toEqual([]);
    expect(found?.index).toBe(119);
    expect(found?.window).toMatchObject({
      signal: {
        kind: 'repeated',
        score: 20,
        threshold: 20,
        reason: '20 of the last 40 predictions are in doubt. The stream is likely at fault, not each of them.',
        evidence: { inDoubt: 20, among: 40 },
        policyVersion: 7,
      },
      stretch: { fromPosition: 81, toPosition: 120 },
    });
  });

  it('lasts until no more than ten of the last forty are, and may come again', () => {
    const findings = pattern('x'.repeat(40) + '.'.repeat(60) + 'x'.repeat(20));
    const states = findings.map(({ isRepeated }) => (isRepeated ? 'R' : '-')).join('');
    expect(states).toBe('-'.repeat(19) + 'R'.repeat(50) + '-'.repeat(50) + 'R');
    expect(windowsOf(findings).map(({ index }) => index)).toEqual([19, 119]);
  });

  it('does not flicker where the share stays near half', () => {
    expect(windowsOf(pattern('x.'.repeat(500)))).toHaveLength(1);
  });

  it('is said with every prediction while it lasts, also where nothing else is', () => {
    const findings = pattern('x'.repeat(30) + '.'.repeat(5));
    expect(findings.at(-1)).toEqual({ signals: [], isRepeated: true, windows: [], minutes: [] });
  });

  it('is not made of rules and audit samples', () => {
    const rule = {
      name: 'all',
      when: [{ field: 'label', is: 'equals' as const, than: 'fine' }],
      priority: 'P3' as const,
    };
    const findings = watchAll(
      new Array(200).fill({}),
      watchSettings({ rule: { rules: [rule] }, 'audit-sample': { probability: 1 } }),
    );
    expect(findings.every(({ signals }) => signals.length === 2)).toBe(true);
    expect(windowsOf(findings)).toEqual([]);
  });

  it('is seen when a model suddenly becomes unsure', () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({
      confidence: (index < 300 ? 0.9 : 0.3) + (index % 7) / 100,
    }));
    const kinds = windowsOf(watchAll(rows, watchSettings()));
    expect(kinds.map(({ window }) => window.signal.kind)).toContain('repeated');
    expect(kinds[0]?.index).toBeLessThan(322);
  });
});
