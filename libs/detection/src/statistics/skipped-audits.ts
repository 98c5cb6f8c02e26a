import { auditDraw, type AuditKey } from './audit-draw.ts';

/** What was recorded of one prediction when it was decided whether somebody looks at it. */
export interface RecordedDraw {
  readonly id: string;
  /** The share that was audited then, in [0, 1]. */
  readonly probability: number;
  /** The draw as recorded with an audit; null where no audit was recorded. */
  readonly draw: number | null;
}

/**
 * `not-audited`: it was drawn, and no audit was recorded. `not-drawn`: an audit was recorded that chance did not choose.
 * `other-draw`: the recorded draw is not the one that the key gives.
 */
export type AuditFault = 'not-audited' | 'not-drawn' | 'other-draw';

export interface SkippedAudit {
  readonly id: string;
  readonly fault: AuditFault;
  /** The draw that the key gives. */
  readonly draw: number;
}

/**
 * Holds recorded audits against the draws that the key gives. A sample from which somebody has left out what did not suit
 * is no sample; here it shows, one by one and with certainty.
 *
 * @param decided all predictions of a stream on which chance had a say, in any order
 * @returns those whose record is not what chance said, one at a time, in the order given
 */
export function* skippedAudits(
  key: AuditKey,
  stream: string,
  decided: Iterable<RecordedDraw>,
): Generator<SkippedAudit, void, undefined> {
  for (const { id, probability, draw: recorded } of decided) {
    const draw = auditDraw(key, stream, id);
    const fault = faultOf(draw, probability, recorded);
    if (fault !== null) {
      yield { id, fault, draw };
    }
  }
}

function faultOf(draw: number, probability: number, recorded: number | null): AuditFault | null {
  const isDrawn = draw < probability;
  if (recorded === null) {
    return isDrawn ? 'not-audited' : null;
  }
  if (!isDrawn) {
    return 'not-drawn';
  }
  return recorded === draw ? null : 'other-draw';
}
