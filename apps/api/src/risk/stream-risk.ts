import type { Policy, Prediction, SignalKind, WindowSignalKind } from '@watchfloor/contracts';
import type { AuditPlan, Finding } from '@watchfloor/detection';
import { confidenceOf } from '@watchfloor/detection';
import type { RiskControl, RiskEvent, RiskFigures, RiskSettings, Ticket } from '@watchfloor/risk';
import {
  answer,
  arrive,
  loadRiskControl,
  needsNewEpoch,
  raiseAudits,
  riskFigures,
  saveRiskControl,
  startEpoch,
  startRiskControl,
} from '@watchfloor/risk';
import type { EntryDraft } from '../record/entry-draft.ts';
import { isSamePlan, plannedAudits } from './planned-audits.ts';
import { riskSettingsOf } from './risk-settings-of.ts';

/** Why an epoch has begun; entries of the record name it. */
export type EpochCause = EntryDraft<'risk-epoch-begun'>['data']['because'];

/** So many drawn predictions, the newest, may still be answered: more than risk control waits for. */
const mostTickets = 1_024;
/** Models and versions that an epoch tells apart; those beyond are taken for known. */
const mostModels = 16;
/** The share that is flagged fades over about so many predictions. */
const shareMemory = 1_000;

const byConfidenceAlone: ReadonlySet<SignalKind> = new Set<SignalKind>(['low-confidence', 'audit-sample']);
const raising: ReadonlySet<WindowSignalKind> = new Set<WindowSignalKind>(['confidence-shift', 'label-shift']);

interface Saved {
  readonly control: string;
  readonly tickets: [number, Ticket][];
  readonly models: string[];
  readonly flaggedShare: number;
  readonly plan: AuditPlan | null;
  readonly cause: EpochCause;
  readonly told: Told;
}

/** What the record knows. */
interface Told {
  readonly epoch: number;
  readonly plan: AuditPlan | null;
}

/**
 * The risk of one stream in the memory of its lane: a fold over its predictions, and over the answers that come between them.
 * It is saved with the stream's watch, so that both are always at the same prediction.
 */
export class StreamRisk {
  readonly control: RiskControl;
  /** What is in force for the next prediction; null leaves it to the policy. */
  plan: AuditPlan | null;
  /** Why the present epoch has begun. */
  cause: EpochCause;
  /** The share of the latest predictions that something else than chance flags. */
  flaggedShare: number;
  private settings: RiskSettings;
  private readonly tickets: Map<number, Ticket>;
  private readonly models: Set<string>;
  private told: Told;

  private constructor(policy: Policy, control: RiskControl, saved: Partial<Saved> = {}) {
    this.settings = riskSettingsOf(policy);
    this.control = control;
    this.plan = saved.plan ?? null;
    this.cause = saved.cause ?? 'state-unreadable';
    this.flaggedShare = saved.flaggedShare ?? policy.detectors['low-confidence'].share;
    this.tickets = new Map(saved.tickets);
    this.models = new Set(saved.models);
    this.told = saved.told ?? { epoch: Math.max(1, control.epoch - 1), plan: null };
    this.follow(policy);
  }

  /** A stream of which nothing is known. @param epoch the first one; later than all that were ever recorded */
  static start(policy: Policy, epoch = 1): StreamRisk {
    const control = startRiskControl(riskSettingsOf(policy));
    while (control.epoch < epoch) startEpoch(control, riskSettingsOf(policy));
    return new StreamRisk(policy, control);
  }

  /** @throws Error when the text is of another version of the program */
  static load(policy: Policy, text: string): StreamRisk {
    const saved = JSON.parse(text) as Saved;
    return new StreamRisk(policy, loadRiskControl(saved.control), saved);
  }

  save(): string {
    const { control, tickets, models, flaggedShare, plan, cause, told } = this;
    const saved: Saved = {
      control: saveRiskControl(control),
      tickets: [...tickets],
      models: [...models],
      flaggedShare,
      plan,
      cause,
      told,
    };
    return JSON.stringify(saved);
  }

  /** The same, to be changed without harm to this one. */
  copy(policy: Policy): StreamRisk {
    return StreamRisk.load(policy, this.save());
  }

  /** Whether the record does not know of the present epoch yet. */
  get hasNewEpoch(): boolean {
    return this.told.epoch !== this.control.epoch;
  }

  /** Whether the record does not know of the plan in force yet. */
  get hasNewPlan(): boolean {
    return !isSamePlan(this.told.plan, this.plan);
  }

  get hasNews(): boolean {
    return this.hasNewEpoch || this.hasNewPlan;
  }

  /** Whether audits are raised because confidences or labels have changed. */
  get isRaised(): boolean {
    return this.control.raisedFor > 0;
  }

  /** The record knows by now. */
  tell(): void {
    this.told = { epoch: this.control.epoch, plan: this.plan };
  }

  /** Takes a changed policy over: a changed target or confidence ends all certificates at once. */
  follow(policy: Policy): void {
    this.settings = riskSettingsOf(policy);
    if (needsNewEpoch(this.control, this.settings)) this.begin('target-changed');
  }

  /** Takes in the next prediction, as the detectors and the draw have decided about it. */
  next(prediction: Prediction, position: number, { signals, windows }: Finding, auditChance: number | null): void {
    const isOtherwise = signals.some(({ kind }) => !byConfidenceAlone.has(kind));
    const isUnsure = signals.some(({ kind }) => kind === 'low-confidence');
    this.flaggedShare += ((isOtherwise || isUnsure ? 1 : 0) - this.flaggedShare) / shareMemory;
    if (windows.some(({ signal }) => raising.has(signal.kind as WindowSignalKind))) raiseAudits(this.control);
    const confidence = confidenceOf(prediction);
    if (isOtherwise || Number.isNaN(confidence)) return;
    const probability = auditChance ?? 0;
    const ticket = arrive(this.control, {
      confidence,
      probability,
      least: this.plan === null ? probability : Math.min(this.plan.above, this.plan.below),
      isDrawn: signals.some(({ kind }) => kind === 'audit-sample'),
      isReleased: !isUnsure,
    });
    if (ticket !== null) this.keepTicket(position, ticket);
  }

  /** Takes in an adjudicated answer; ends the plan in force when it has revoked certificates. */
  answer(position: number, isError: boolean): RiskEvent[] {
    const ticket = this.tickets.get(position);
    if (ticket === undefined) return [];
    this.tickets.delete(position);
    const events = answer(this.control, this.settings, ticket, isError);
    for (const { kind } of events) {
      if (kind === 'revoked') this.haveBegun('revoked');
      if (kind === 'renewed') this.haveBegun('confidences-changed');
    }
    return events;
  }

  /** What should be in force for the predictions to come. */
  wanted(policy: Policy): AuditPlan | null {
    return plannedAudits(this.control, this.settings, policy, this.flaggedShare);
  }

  figures(): RiskFigures {
    return riskFigures(this.control, this.settings);
  }

  /** Sees who made the next prediction, before it is decided about: of a new model, or a new version, nothing is certified. */
  meet({ model }: Prediction): void {
    const name = model === undefined ? '' : `${model.name}\n${model.version ?? ''}`;
    if (this.models.has(name) || this.models.size >= mostModels) return;
    const isFirst = this.models.size === 0;
    this.models.add(name);
    // Models that take turns begin an epoch once each, not with every turn.
    if (!isFirst) this.begin('model-changed');
  }

  private keepTicket(position: number, ticket: Ticket): void {
    this.tickets.set(position, ticket);
    if (this.tickets.size <= mostTickets) return;
    for (const oldest of this.tickets.keys()) {
      this.tickets.delete(oldest);
      return;
    }
  }

  private begin(cause: EpochCause): void {
    startEpoch(this.control, this.settings);
    this.haveBegun(cause);
  }

  private haveBegun(cause: EpochCause): void {
    this.cause = cause;
    this.plan = null;
    this.tickets.clear();
  }
}
