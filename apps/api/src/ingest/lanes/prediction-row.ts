import type { Signal } from '@watchfloor/contracts';
import { copyField, copyNull } from './copy-text.ts';
import type { Placed } from './turn-plan.ts';

/**
 * A line of COPY for the table of predictions, columns as {@link PredictionStore.insert} names them.
 *
 * @param chance with which it was drawn for the audit; null for none
 */
export function predictionRow(
  placed: Placed,
  receivedAt: string,
  signals: readonly Signal[],
  chance: number | null,
): string {
  const { value, confidence, label } = placed.prediction;
  const found = signals.length === 0 ? copyNull : copyField(JSON.stringify(signals));
  return (
    `${placed.streamId}\t${placed.position}\t${receivedAt}\t${value ?? copyNull}\t${confidence ?? copyNull}\t${chance ?? copyNull}\t` +
    `${copyField(placed.id)}\t${label === undefined ? copyNull : copyField(label)}\t${found}\t${copyField(placed.arrival.text)}\n`
  );
}
