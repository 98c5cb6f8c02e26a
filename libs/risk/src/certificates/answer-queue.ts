import type { WeightedAnswer } from './wealth.ts';

/** So many answers at most wait for earlier ones, or for their own. When it is full, nothing more is drawn. */
export const queueLength = 256;

/** An unanswered prediction that keeps so many answered ones waiting is taken for an error until its answer comes. */
export const patience = 128;

/** So many at most may still be given back; the oldest beyond are errors for good. */
export const chargedLength = 256;

/** A drawn prediction whose answer is to come. */
export interface Awaited extends WeightedAnswer {
  /** Grows with the predictions. */
  readonly ticket: number;
  /** Whether the prediction was released without a human. */
  readonly isReleased: boolean;
  /** Whether it stood above the certified threshold when it arrived. */
  readonly isCertified: boolean;
  /** `null` until the answer is there. */
  isError: boolean | null;
  /** Whether it is an error to the bets for good. */
  isForfeit: boolean;
}

/**
 * Answers in the order of the predictions, whatever the order in which people give them.
 *
 * The order matters: an override needs a second look and comes late, so taking answers as they come would count what is
 * fine first, and certify too early. Nor may one missing answer stop all: when it has kept `patience` others waiting it is
 * taken for an error, and given back if it turns out fine. So no delay and no omission, not even one that knows the
 * answers, can make the evidence larger than it would be with all answers in place.
 */
export interface AnswerQueue {
  readonly waiting: Awaited[];
  readonly charged: Awaited[];
  /** How many of those waiting are answered. */
  answered: number;
}

/** What happens to the bets next. */
export interface QueueStep {
  readonly kind: 'settle' | 'charge' | 'give-back' | 'confirm';
  readonly awaited: Awaited;
}

export function startQueue(): AnswerQueue {
  return { waiting: [], charged: [], answered: 0 };
}

export function isFull({ waiting }: AnswerQueue): boolean {
  return waiting.length >= queueLength;
}

/** @param awaited its ticket is larger than all before it; the queue is not full */
export function expectAnswer(queue: AnswerQueue, awaited: Awaited): void {
  queue.waiting.push(awaited);
}

/**
 * Notes an answer and says what follows from it, in order; nothing for a ticket that is unknown or answered.
 */
export function takeAnswer(queue: AnswerQueue, ticket: number, isError: boolean): QueueStep[] {
  const late = placeOf(queue.charged, ticket);
  if (late >= 0) {
    return queue.charged
      .splice(late, 1)
      .map((awaited) => ({ kind: isError ? 'confirm' : 'give-back', awaited: { ...awaited, isError } }));
  }
  const awaited = queue.waiting[placeOf(queue.waiting, ticket)];
  if (awaited?.isError !== null) {
    return [];
  }
  awaited.isError = isError;
  queue.answered++;
  return drain(queue);
}

/** Takes out what is ready at the head, and what has kept others waiting for too long. */
function drain(queue: AnswerQueue): QueueStep[] {
  const steps: QueueStep[] = [];
  for (const awaited of queue.waiting) {
    if (awaited.isError !== null) {
      queue.answered--;
      steps.push({ kind: 'settle', awaited });
    } else if (queue.answered >= patience) {
      queue.charged.push(awaited);
      steps.push({ kind: 'charge', awaited });
    } else {
      break;
    }
  }
  queue.waiting.splice(0, steps.length);
  queue.charged.splice(0, queue.charged.length - chargedLength);
  return steps;
}

/** What is charged so far is not given back; its answers still count in the figures. */
export function forfeit({ charged }: AnswerQueue): void {
  charged.forEach((awaited) => (awaited.isForfeit = true));
}

function placeOf(list: readonly Awaited[], ticket: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.ticket ?? Infinity) < ticket) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return list[low]?.ticket === ticket ? low : -1;
}
