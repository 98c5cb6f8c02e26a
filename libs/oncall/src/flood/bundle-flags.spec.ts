import { describe, expect, it } from '@jest/globals';
import type { Priority } from '@watchfloor/contracts';
import fc from 'fast-check';
import { bundleFlag, mostBundles, noBundles, type FlagBundles } from './bundle-flags.ts';

const aFlag = (id: string, cause: string, priority: Priority = 'P3') => ({ id, cause, priority });

describe('like flags in a flood', () => {
  it('join the first of their cause', () => {
    const first = bundleFlag(noBundles, aFlag('f1', 'toxicity/flow'), true);
    expect(first.decision).toEqual({ kind: 'leads' });
    const second = bundleFlag(first.bundles, aFlag('f2', 'toxicity/flow'), true);
    expect(second.decision).toEqual({ kind: 'joins', leadId: 'f1' });
    expect(bundleFlag(second.bundles, aFlag('f3', 'fraud-eu/flow'), true).decision).toEqual({ kind: 'leads' });
  });

  it('are alone when they are P1, and outside a flood', () => {
    const { bundles } = bundleFlag(noBundles, aFlag('f1', 'toxicity/flow'), true);
    expect(bundleFlag(bundles, aFlag('f2', 'toxicity/flow', 'P1'), true).decision).toEqual({ kind: 'alone' });
    const after = bundleFlag(bundles, aFlag('f3', 'toxicity/flow'), false);
    expect(after).toEqual({ bundles: noBundles, decision: { kind: 'alone' } });
  });

  it('are bounded in their causes', () => {
    let bundles: FlagBundles = noBundles;
    for (let index = 0; index < mostBundles; index += 1) {
      ({ bundles } = bundleFlag(bundles, aFlag(`f${index}`, `cause ${index}`), true));
    }
    expect(bundleFlag(bundles, aFlag('f', 'one more'), true)).toEqual({ bundles, decision: { kind: 'alone' } });
  });

  it('are all accounted for: each is alone, leads, or joins one that leads', () => {
    const flags = fc.array(
      fc.record({ cause: fc.constantFrom('a', 'b', 'c'), priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4') }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(flags, (list) => {
        let bundles: FlagBundles = noBundles;
        const leads = new Set<string>();
        let alone = 0;
        list.forEach(({ cause, priority }, index) => {
          const step = bundleFlag(bundles, aFlag(`f${index}`, cause, priority), true);
          ({ bundles } = step);
          if (step.decision.kind === 'joins') {
            expect(leads.has(step.decision.leadId)).toBe(true);
            expect(priority).not.toBe('P1');
          } else if (step.decision.kind === 'leads') {
            leads.add(`f${index}`);
          } else {
            alone += 1;
          }
        });
        const bundled = [...bundles.values()].reduce((sum, bundle) => sum + bundle.flags, 0);
        expect(alone + bundled).toBe(list.length);
        expect(leads.size).toBe(bundles.size);
      }),
    );
  });
});
