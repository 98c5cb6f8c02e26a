import { auditDraw, auditKey, skippedAudits, wasAudited, type RecordedDraw } from '@watchfloor/detection';
import { dice } from '../../builders/dice.ts';

/**
 * Somebody leaves out audits of wrong predictions, one in ten of them, and writes nothing down.
 *
 * @returns how many were left out, how many of these are found, and how many others are accused
 */
export function playSkipping(predictions: number, seed: number): { skipped: number; found: number; accused: number } {
  const random = dice(seed);
  const key = auditKey(Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)));
  const skipped = new Set<string>();
  const decided: RecordedDraw[] = [];
  for (let index = 0; index < predictions; index++) {
    const id = `prediction-${seed}-${index}`;
    const isDrawn = wasAudited(key, 'stream', id, 0.05);
    const isWrong = random() < 0.05;
    const isSkipped = isDrawn && isWrong && random() < 0.1;
    if (isSkipped) {
      skipped.add(id);
    }
    decided.push({ id, probability: 0.05, draw: isDrawn && !isSkipped ? auditDraw(key, 'stream', id) : null });
  }
  const found = [...skippedAudits(key, 'stream', decided)].map(({ id }) => id);
  return {
    skipped: skipped.size,
    found: found.filter((id) => skipped.has(id)).length,
    accused: found.filter((id) => !skipped.has(id)).length,
  };
}
