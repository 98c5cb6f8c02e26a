import { riskAbove, shareFrom } from './bands.ts';
import { standings } from './certificates/chains.ts';
import { driftEvidence, revokeAt } from './certificates/drift-alarm.ts';
import { lookPlan, type LookPlan } from './look-plan.ts';
import type { RiskControl } from './risk-control.ts';
import { riskInterval, type RateInterval } from './risk-interval.ts';
import type { RiskSettings } from './risk-settings.ts';

/** All that a screen shows of a stream's risk. */
export interface RiskFigures {
  readonly epoch: number;
  /** The error rate that is certified against. */
  readonly target: number;
  /** The chance of a false certificate that this epoch spends. */
  readonly delta: number;
  readonly plan: LookPlan;
  /** The share of this epoch's predictions that reach the certified threshold; null while none is certified. */
  readonly coverage: number | null;
  /** Risk against coverage, from the highest threshold to the lowest; empty until they are fixed. */
  readonly thresholds: readonly ThresholdFigures[];
  /** The audited among the released since the certified threshold last changed. */
  readonly accepted: RateInterval & {
    readonly errors: number;
    readonly answers: number;
    readonly rate: number | null;
  };
  /** Predictions seen in all epochs. */
  readonly seen: number;
  /** Answers taken in this epoch. */
  readonly answers: number;
  /** Drawn predictions whose answer, or that of an earlier one, is to come. */
  readonly waiting: number;
  /** Drawn predictions that count as errors until their answer comes. */
  readonly charged: number;
  readonly drift: { readonly evidence: number; readonly revokeAt: number };
}

export interface ThresholdFigures extends RateInterval {
  readonly threshold: number;
  /** The share of the predictions that reach it, in [0, 1]. */
  readonly coverage: number;
  /** The estimated error rate above it; null without answers. */
  readonly rate: number | null;
  readonly answers: number;
  readonly errors: number;
  /** The evidence that the risk above it is below the target: the most it has ever been, at least 1. */
  readonly wealth: number;
  /** The evidence that certifies it; null while no chain has come so far. */
  readonly needed: number | null;
  readonly isCertified: boolean;
}

/** What can be said now, without changing anything. */
export function riskFigures(control: RiskControl, settings: RiskSettings): RiskFigures {
  const { epoch, target, delta, seen, answers, accepted, queue, drift, bands } = control;
  return {
    epoch,
    target,
    delta,
    plan: lookPlan(control, settings),
    coverage: control.certified < 0 ? null : shareFrom(bands.arrived, control.certified),
    thresholds: thresholdFigures(control),
    accepted: {
      ...accepted,
      rate: accepted.answers === 0 ? null : accepted.errors / accepted.answers,
      ...riskInterval(accepted.errors, accepted.answers, delta),
    },
    seen,
    answers,
    waiting: queue.waiting.length,
    charged: queue.charged.length,
    drift: { evidence: driftEvidence(drift), revokeAt },
  };
}

function thresholdFigures({ grid, bands, wealth, delta }: RiskControl): ThresholdFigures[] {
  const stand = standings(wealth.peak, delta);
  return grid.map((threshold, place) => {
    const { rate, answers, errors, effective } = riskAbove(bands, place);
    const needed = stand[place]?.needed ?? Infinity;
    return {
      threshold,
      coverage: shareFrom(bands.arrived, place),
      rate,
      answers,
      errors,
      ...riskInterval((rate ?? 0) * effective, effective, delta),
      wealth: wealth.peak[place] ?? 1,
      needed: Number.isFinite(needed) ? needed : null,
      isCertified: stand[place]?.isCertified ?? false,
    };
  });
}
