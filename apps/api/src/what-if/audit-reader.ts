import type { KnownTruth } from '@watchfloor/detection';
import type { AuditColumns } from './what-if-task.ts';

/** Finds adjudicated audits by position, in one pass with the predictions. */
export class AuditReader {
  private readonly audits: AuditColumns;
  private next = 0;

  constructor(audits: AuditColumns) {
    this.audits = audits;
  }

  /** @param position not below that of the last call */
  at(position: number): KnownTruth['audit'] {
    const { positions, probabilities, errors } = this.audits;
    while ((positions[this.next] ?? Infinity) < position) this.next += 1;
    return positions[this.next] === position
      ? { probability: probabilities[this.next] ?? 0, isError: errors[this.next] === 1 }
      : null;
  }
}
