import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventBudget, eventLimits } from './event-budget.ts';

const { burst, perSecond, refusedBeforeCut } = eventLimits;

it('hears a burst, then leaves unheard, then cuts', () => {
  const budget = new EventBudget(0);
  const hearings = Array.from({ length: burst + refusedBeforeCut }, () => budget.spend(0));

  expect(hearings.slice(0, burst)).toEqual(Array<string>(burst).fill('heard'));
  expect(hearings.slice(burst, -1)).toEqual(Array<string>(refusedBeforeCut - 1).fill('unheard'));
  expect(hearings.at(-1)).toBe('cut');
});

it('hears again after a pause', () => {
  const budget = new EventBudget(0);
  for (let event = 0; event < burst + 5; event += 1) budget.spend(0);

  expect(budget.spend(1_000 / perSecond)).toBe('heard');
  expect(budget.spend(1_000 / perSecond)).toBe('unheard');
});

it('never hears more than the burst and what the time has earned', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 400 }), (pausesMs) => {
      const budget = new EventBudget(0);
      let nowMs = 0;
      const heard = pausesMs.filter((pauseMs) => budget.spend((nowMs += pauseMs)) === 'heard').length;
      expect(heard).toBeLessThanOrEqual(burst + (nowMs / 1_000) * perSecond + 1e-6);
    }),
  );
});
