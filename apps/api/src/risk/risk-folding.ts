import { Injectable } from '@nestjs/common';
import {
  learnCalibration,
  loadCalibration,
  saveCalibration,
  startCalibration,
  type Calibration,
} from '@watchfloor/risk';
import type { LaneErrand } from '../ingest/lanes/clock-turn.ts';
import type { WatchedStream } from '../ingest/lanes/watched-stream.ts';
import type { Transaction } from '../platform/database/work.ts';
import type { EntryDraft } from '../record/entry-draft.ts';
import { RecordService } from '../record/record.service.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import type { Adjudicated } from './adjudicated.ts';
import { isOtherPlan } from './planned-audits.ts';
import { epochEntry, eventEntry, planEntry, type PlanCause } from './risk-entries.ts';
import { RiskStore } from './risk.store.ts';
import type { StreamRisk } from './stream-risk.ts';

/** Folds answers into the risk of a stream, between two of its predictions. */
@Injectable()
export class RiskFolding {
  constructor(
    private readonly store: RiskStore,
    private readonly record: RecordService,
  ) {}

  /**
   * Work for the stream's lane: takes the answers in, records what they change, and puts the plan that follows into force.
   *
   * @param answers in the order of the record; those that are folded in already are left out
   */
  errand(stream: RegisteredStream, answers: readonly Adjudicated[]): LaneErrand<void> {
    let before: StreamRisk | undefined;
    return async (tx, watched) => {
      if (watched === undefined) return;
      watched.follow(stream);
      // After a deadlock this runs again: it must not count an answer twice.
      before ??= watched.risk;
      watched.risk = before.copy(watched.stream.policy);
      await this.fold(tx, watched, answers);
      watched.obeyPlan();
    };
  }

  private async fold(tx: Transaction, watched: WatchedStream, answers: readonly Adjudicated[]): Promise<void> {
    const { stream, risk } = watched;
    const kept = await this.store.lock(tx, stream.id);
    const fresh = answers.filter(({ number }) => number > kept.number);
    const entries: EntryDraft[] = [];
    let because: PlanCause = 'budget';
    for (const { position, isError } of fresh) {
      for (const event of risk.answer(position, isError)) {
        entries.push(...eventEntry(stream.name, event, stream.policy.risk.target));
        if (event.kind === 'certified') because = 'certificate-won';
        if (event.kind === 'revoked') because = 'certificate-revoked';
      }
    }
    if (risk.hasNewEpoch) {
      entries.push(epochEntry(stream.name, risk, stream.policy));
      if (because === 'budget') because = 'epoch-begun';
    }
    const wanted = risk.wanted(stream.policy);
    if (isOtherPlan(risk.plan, wanted)) risk.plan = wanted;
    if (risk.hasNewPlan) entries.push(await this.plan(tx, watched, risk.isRaised ? 'audits-raised' : because));
    risk.tell();
    await this.record.append(tx, entries);
    await this.store.addAnswers(tx, stream.id, fresh);
    const number = fresh.at(-1)?.number ?? kept.number;
    await this.store.save(tx, stream.id, { number, calibration: learnt(kept.calibration, fresh) });
  }

  private async plan(tx: Transaction, { stream, risk, position }: WatchedStream, because: PlanCause) {
    const own = stream.policy.detectors['audit-sample'].probability;
    const plan = risk.plan ?? { certified: null, above: own, below: own };
    const place = { streamId: stream.id, afterPosition: position, epoch: risk.control.epoch };
    await this.store.addPlan(tx, { ...plan, ...place });
    return planEntry(stream.name, risk, own, position, because);
  }
}

/** The calibration with these answers: a right or wrong model, at its confidence. */
function learnt(saved: string | null, answers: readonly Adjudicated[]): string | null {
  const known = answers.filter(({ confidence, by }) => confidence !== null && by !== 'nobody');
  if (known.length === 0) return saved;
  const calibration = calibrationOf(saved);
  for (const { confidence, isError, probability } of known) {
    const sure = confidence ?? 0;
    learnCalibration(calibration, { scores: [sure, 1 - sure], answer: 0, truth: isError ? 1 : 0, probability });
  }
  return saveCalibration(calibration);
}

/** One that cannot be read is learnt anew. */
export function calibrationOf(saved: string | null): Calibration {
  if (saved === null) return startCalibration();
  try {
    return loadCalibration(saved);
  } catch {
    return startCalibration();
  }
}
