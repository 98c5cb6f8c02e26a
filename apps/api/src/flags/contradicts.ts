import { isSameValue, type PredictionSubject } from '@watchfloor/flags';

/** What turned out to be true of a prediction. */
export interface Truth {
  readonly streamId: number;
  /** The prediction's. */
  readonly id: string;
  readonly label?: string | undefined;
  readonly value?: number | undefined;
}

/** Whether the truth is another answer than the model's; null where the two cannot be compared. */
export function contradicts({ label, value }: PredictionSubject, truth: Truth): boolean | null {
  if (label !== null && truth.label !== undefined) {
    return truth.label !== label;
  }
  return value !== null && truth.value !== undefined ? !isSameValue(value, truth.value) : null;
}
