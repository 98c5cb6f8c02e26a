import type { Comment, Flag, FlagItem, Prediction, Verdict } from '@watchfloor/contracts';
import type { KeptFlag } from './kept-flag.ts';

/** What lies around a flag and is served with it. */
export interface Surroundings {
  /** As it came in; null when it is no longer kept. */
  readonly prediction: Prediction | null;
  readonly verdicts: readonly Verdict[];
  readonly comments: readonly Comment[];
  readonly items: readonly FlagItem[];
  /** The labels that may be answered, as declared or seen. */
  readonly labels: readonly string[];
}

/** A flag as people see it. The claim's token is not in it. */
export function servedFlag({ life, stream, readAt }: KeptFlag, around: Surroundings): Flag {
  const { stage, subject } = life;
  const undoUntil = stage.state === 'settled' ? stage.answered.undoUntil : null;
  return {
    id: life.id,
    version: life.version,
    stream,
    state: stage.state,
    priority: life.priority,
    raisedAt: life.raisedAt,
    ...(life.dueAt !== null && { dueAt: life.dueAt }),
    ...(stage.state === 'snoozed' && { snoozedUntil: stage.until }),
    subject:
      subject.kind === 'window'
        ? { kind: 'window', from: subject.from, to: subject.to, items: [...around.items], itemCount: subject.itemCount }
        : { kind: 'prediction', prediction: around.prediction ?? remnantOf(stream, subject) },
    signals: [...life.signals],
    ...(stage.state === 'claimed' && { claim: { by: stage.claim.by, expiresAt: stage.claim.expiresAt } }),
    verdicts: [...around.verdicts],
    comments: [...around.comments],
    choices: subject.kind === 'prediction' && subject.label !== null ? choicesOf(subject.label, around.labels) : [],
    ...(undoUntil !== null && undoUntil > readAt && { undoUntil }),
    ...(life.audit !== null && { audit: life.audit }),
    ...(life.secondLook !== null && { secondLookOf: life.secondLook.of }),
  };
}

/** The model's own label can always be answered, though the stream may not have declared it. */
function choicesOf(label: string, labels: readonly string[]): string[] {
  return labels.includes(label) ? [...labels] : [...labels, label];
}

/** What is left of a prediction when its time of keeping is over. */
function remnantOf(stream: string, subject: Extract<KeptFlag['life']['subject'], { kind: 'prediction' }>): Prediction {
  return {
    stream,
    id: subject.predictionId,
    ...(subject.label !== null && { label: subject.label }),
    ...(subject.value !== null && { value: subject.value }),
  };
}
