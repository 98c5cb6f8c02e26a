import type { Prediction } from '@watchfloor/contracts';
import type { AuditKey, AuditPlan, Finding, StreamWatch, WatchFigures, WatchSettings } from '@watchfloor/detection';
import { auditChance, confidenceOf, watchClock, watchFigures, watchPrediction } from '@watchfloor/detection';
import type { StreamRisk } from '../../risk/stream-risk.ts';
import type { RegisteredStream } from '../../streams/registered-stream.ts';

/** A position in a stream, and when its prediction was accepted. */
export interface StreamPlace {
  /** 0 before the first prediction. */
  readonly position: number;
  readonly receivedAtMs: number;
}

/** A stream in the memory of its lane: where it is, and what its detectors remember. */
export class WatchedStream {
  stream: RegisteredStream;
  readonly watch: StreamWatch;
  position: number;
  receivedAtMs: number;
  /** Where the watch was last saved. */
  savedPosition: number;
  /** When it was last saved, or came into memory. */
  savedAtMs: number;
  /** The chance with which the last prediction was drawn for the audit; null without an audit sample. */
  auditChance: number | null = null;
  /** What is certified of the stream, as far as its predictions and the answers in between tell. */
  risk: StreamRisk;
  private settings: WatchSettings;

  constructor(stream: RegisteredStream, watch: StreamWatch, risk: StreamRisk, at: StreamPlace, auditKey: AuditKey) {
    this.stream = stream;
    this.watch = watch;
    this.risk = risk;
    this.position = at.position;
    this.receivedAtMs = at.receivedAtMs;
    this.savedPosition = at.position;
    this.savedAtMs = at.receivedAtMs;
    this.settings = settingsOf(stream, auditKey, risk.plan);
  }

  /** What the detectors have learned so far. */
  figures(): WatchFigures {
    return watchFigures(this.watch);
  }

  /** Predictions since the watch was last saved. */
  get unsaved(): number {
    return this.position - this.savedPosition;
  }

  markSaved(nowMs: number): void {
    this.savedPosition = this.position;
    this.savedAtMs = nowMs;
  }

  /** Takes a changed policy over; what comes next is looked at under it. */
  follow(stream: RegisteredStream): void {
    if (stream === this.stream) return;
    this.stream = stream;
    this.risk.follow(stream.policy);
    this.settings = settingsOf(stream, this.settings.auditKey, this.risk.plan);
  }

  /** Takes over what the risk of the stream plans for the predictions to come. */
  obeyPlan(): void {
    const { plan } = this.risk;
    if (plan !== this.settings.auditPlan) this.settings = { ...this.settings, auditPlan: plan };
  }

  /** Moves on to the next prediction. @param receivedAtMs not before that of the last one */
  next(prediction: Prediction, receivedAtMs: number): Finding {
    this.position += 1;
    this.receivedAtMs = receivedAtMs;
    this.risk.meet(prediction);
    this.obeyPlan();
    const finding = watchPrediction(this.watch, { prediction, position: this.position, receivedAtMs }, this.settings);
    this.auditChance = auditChance(this.settings, confidenceOf(prediction));
    this.risk.next(prediction, this.position, finding, this.auditChance);
    this.obeyPlan();
    return finding;
  }

  /** Looks at the clock: silence, and minutes that are over. */
  lookAtClock(nowMs: number): Finding {
    return watchClock(this.watch, Math.max(nowMs, this.receivedAtMs), this.settings);
  }
}

function settingsOf(
  { name, policy }: RegisteredStream,
  auditKey: AuditKey,
  auditPlan: AuditPlan | null,
): WatchSettings {
  const { version, autonomy, labels, alarms, detectors } = policy;
  return { streamName: name, policyVersion: version, autonomy, labels, alarms, detectors, auditKey, auditPlan };
}
