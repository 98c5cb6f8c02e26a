import { forfeit, takeAnswer, type Awaited, type QueueStep } from './certificates/answer-queue.ts';
import { lowestCertified, standings } from './certificates/chains.ts';
import { driftEvidence, revokeAt, weighAudit } from './certificates/drift-alarm.ts';
import { giveBack, invest, isInvestmentDue, settleBets } from './certificates/wealth.ts';
import { isWorn } from './certificates/threshold-grid.ts';
import type { Ticket } from './arrive.ts';
import { shareFrom } from './bands.ts';
import { startEpoch, type RiskControl } from './risk-control.ts';
import type { RiskSettings } from './risk-settings.ts';

/** What an answer has changed. */
export type RiskEvent = Certified | Revoked | Renewed;

/** A lower threshold than before is certified. */
export interface Certified {
  readonly kind: 'certified';
  readonly epoch: number;
  /** Predictions of at least this confidence are certified together. */
  readonly threshold: number;
  /** Their share so far, in [0, 1]. */
  readonly coverage: number;
  /** The evidence that certified it; the chance of a false certificate is at most one over it, for its part of delta. */
  readonly wealth: number;
  /** What was needed, at most `wealth`. */
  readonly needed: number;
}

/** The risk has risen above the target: nothing is certified any more, and a new epoch has begun. */
export interface Revoked {
  readonly kind: 'revoked';
  /** The epoch that has ended. */
  readonly epoch: number;
  readonly evidence: number;
  readonly needed: number;
  /** Among the audited and released since the threshold last changed. */
  readonly errors: number;
  readonly answers: number;
}

/** Nothing was certified, and the confidences have become others than those among which thresholds were laid: a new epoch has begun. */
export interface Renewed {
  readonly kind: 'renewed';
  /** The epoch that has ended. */
  readonly epoch: number;
}

/** So many predictions must have come before their confidences are held against the first ones. */
const seenEnough = 1_000;

/**
 * Takes in the adjudicated answer of a drawn prediction. Answers may come in any order; they count in the order of the
 * predictions.
 *
 * @param isError whether the model was wrong, by outcome or by two people (see `adjudicate`)
 * @returns what has changed, in order; nothing for a ticket that is unknown, answered or of an earlier epoch
 */
export function answer(control: RiskControl, settings: RiskSettings, ticket: Ticket, isError: boolean): RiskEvent[] {
  const events: RiskEvent[] = [];
  for (const step of takeAnswer(control.queue, ticket, isError)) {
    settle(control, step);
    if (driftEvidence(control.drift) >= revokeAt) {
      events.push(revoke(control, settings));
      return events;
    }
    const certified = certify(control);
    if (certified !== null) {
      events.push(certified);
    }
  }
  if (control.certified < 0 && hasWornGrid(control)) {
    events.push({ kind: 'renewed', epoch: control.epoch });
    startEpoch(control, settings);
  }
  return events;
}

/** What rests on confidences alone, not on answers, may begin an epoch at any time: no false certificate comes of it. */
function hasWornGrid({ expected, bands: { arrived } }: RiskControl): boolean {
  const all = arrived.reduce((sum, count) => sum + count, 0);
  return (
    all >= seenEnough &&
    isWorn(
      expected,
      expected.map((_, place) => shareFrom(arrived, place)),
    )
  );
}

function settle(control: RiskControl, { kind, awaited }: QueueStep): void {
  switch (kind) {
    case 'settle':
      bet(control, awaited, awaited.isError === true);
      count(control, awaited);
      return;
    case 'charge':
      bet(control, awaited, true);
      return;
    case 'give-back':
      if (!awaited.isForfeit) {
        giveBack(control.wealth, awaited, control.target);
      }
      count(control, awaited);
      return;
    case 'confirm':
      count(control, awaited);
      return;
  }
}

function bet({ wealth, queue, target }: RiskControl, awaited: Awaited, isError: boolean): void {
  settleBets(wealth, awaited, isError, target);
  if (isInvestmentDue(wealth)) {
    invest(wealth);
    forfeit(queue);
  }
}

/** What is known to be fine or wrong; what is only taken for an error is left out of counts, and revokes nothing. */
function count(control: RiskControl, { place, isError, isReleased, isCertified }: Awaited): void {
  const { bands, accepted, drift, target } = control;
  const error = isError === true ? 1 : 0;
  control.answers++;
  bands.answered[place] = (bands.answered[place] ?? 0) + 1;
  bands.errors[place] = (bands.errors[place] ?? 0) + error;
  if (isReleased) {
    accepted.answers++;
    accepted.errors += error;
  }
  if (isCertified) {
    weighAudit(drift, error === 1, target);
  }
}

function certify(control: RiskControl): Certified | null {
  const { wealth, delta, epoch, grid, bands } = control;
  const place = lowestCertified(wealth.peak, delta);
  if (place <= control.certified) {
    return null;
  }
  control.certified = place;
  control.accepted = { errors: 0, answers: 0 };
  return {
    kind: 'certified',
    epoch,
    threshold: grid[place] ?? 0,
    coverage: shareFrom(bands.arrived, place),
    wealth: wealth.peak[place] ?? 1,
    needed: standings(wealth.peak, delta)[place]?.needed ?? Infinity,
  };
}

function revoke(control: RiskControl, settings: RiskSettings): Revoked {
  const { epoch, drift, accepted } = control;
  const evidence = driftEvidence(drift);
  startEpoch(control, settings);
  return { kind: 'revoked', epoch, evidence, needed: revokeAt, errors: accepted.errors, answers: accepted.answers };
}
