import { answer, type RiskEvent } from './answer.ts';
import { arrive } from './arrive.ts';
import type { RiskControl } from './risk-control.ts';
import type { RiskSettings } from './risk-settings.ts';

/** A prediction of the past whose right answer is known. */
export interface PastPrediction {
  /** The model's confidence, in [0, 1]. */
  readonly confidence: number;
  /** Whether the model was wrong, by outcome or by two people. */
  readonly isError: boolean;
}

/**
 * Takes in predictions of the past in place of a review of the first ones, oldest first. The promise then rests on them, so
 * they must be all of a stretch of the same model's predictions, or a sample of them that chance drew: what was looked at
 * because it was in doubt is no such sample. The first 256 only fix the thresholds.
 *
 * @returns what has changed, in order
 */
export function importHistory(
  control: RiskControl,
  settings: RiskSettings,
  past: Iterable<PastPrediction>,
): RiskEvent[] {
  const events: RiskEvent[] = [];
  for (const { confidence, isError } of past) {
    const ticket = arrive(control, { confidence, probability: 1, least: 1, isDrawn: true, isReleased: false });
    if (ticket !== null) {
      events.push(...answer(control, settings, ticket, isError));
    }
  }
  return events;
}
