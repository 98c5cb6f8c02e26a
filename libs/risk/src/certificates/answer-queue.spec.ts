import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chargedLength, expectAnswer, patience, startQueue, takeAnswer, type Awaited } from './answer-queue.ts';
import { giveBack, settleBets, startWealth } from './wealth.ts';

const awaited = (ticket: number): Awaited => ({
  ticket,
  place: 0,
  probability: 1,
  least: 1,
  isReleased: true,
  isCertified: true,
  isError: null,
  isForfeit: false,
});

function queueOf(count: number) {
  const queue = startQueue();
  for (let ticket = 1; ticket <= count; ticket++) {
    expectAnswer(queue, awaited(ticket));
  }
  return queue;
}

const steps = (queue: ReturnType<typeof startQueue>, ticket: number, isError = false) =>
  takeAnswer(queue, ticket, isError).map(({ kind, awaited }) => [kind, awaited.ticket]);

describe('the queue of answers', () => {
  it('counts them in the order of the predictions', () => {
    const queue = queueOf(3);
    expect(steps(queue, 2)).toEqual([]);
    expect(steps(queue, 1)).toEqual([
      ['settle', 1],
      ['settle', 2],
    ]);
  });

  it('takes each answer once, and none that was not asked for', () => {
    const queue = queueOf(2);
    expect(steps(queue, 2)).toEqual([]);
    expect(steps(queue, 2, true)).toEqual([]);
    expect(steps(queue, 7)).toEqual([]);
    expect(steps(queue, NaN)).toEqual([]);
    expect(steps(queue, 1)).toHaveLength(2);
    expect(steps(queue, 1)).toEqual([]);
  });

  it('takes what keeps others waiting for too long for an error, and gives it back', () => {
    const queue = queueOf(patience + 1);
    for (let ticket = 2; ticket <= patience; ticket++) {
      expect(steps(queue, ticket)).toEqual([]);
    }
    expect(steps(queue, patience + 1)[0]).toEqual(['charge', 1]);
    expect(queue.waiting).toEqual([]);
    expect(steps(queue, 1)).toEqual([['give-back', 1]]);
    expect(steps(queue, 1)).toEqual([]);
  });

  it('is bounded, however much is never answered', () => {
    const queue = startQueue();
    let ticket = 0;
    for (let round = 0; round < 600; round++) {
      expectAnswer(queue, awaited(++ticket));
      for (let fine = 0; fine < patience; fine++) {
        expectAnswer(queue, awaited(++ticket));
        takeAnswer(queue, ticket, false);
      }
    }
    expect(queue.charged).toHaveLength(chargedLength);
    expect(queue.waiting.length).toBeLessThanOrEqual(patience + 1);
  });

  it('never shows more evidence than all answers in place would, whoever delays which of them', () => {
    const errors = fc.array(fc.boolean(), { minLength: 1, maxLength: 250 });
    fc.assert(
      fc.property(
        errors,
        fc.func(fc.integer()),
        fc.array(fc.boolean(), { minLength: 250, maxLength: 250 }),
        (wrong, order, isMissing) => {
          const queue = queueOf(wrong.length);
          const [shown, truth] = [startWealth(), startWealth()];
          const peaks = wrong.map((isError) => {
            settleBets(truth, awaited(0), isError, 0.1);
            return truth.peak[0]!;
          });
          const tickets = wrong.map((_, index) => index + 1).filter((ticket) => !isMissing[ticket - 1]);
          for (const ticket of tickets.sort((a, b) => order(a) - order(b))) {
            for (const { kind, awaited } of takeAnswer(queue, ticket, wrong[ticket - 1]!)) {
              if (kind === 'give-back') {
                giveBack(shown, awaited, 0.1);
              } else if (kind !== 'confirm') {
                settleBets(shown, awaited, kind === 'charge' || awaited.isError === true, 0.1);
              }
            }
            expect(shown.peak[0]).toBeLessThanOrEqual(Math.max(...peaks) * (1 + 1e-9));
          }
          if (tickets.length === wrong.length) {
            expect(shown.won[0]).toBeCloseTo(truth.won[0]!, 9);
          }
        },
      ),
    );
  });
});
