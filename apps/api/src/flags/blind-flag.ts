import type { Flag, FlagItem, Prediction } from '@watchfloor/contracts';

/** A prediction without anything that the model said of it. Its input, features and segments are the evidence. */
export function blindPrediction({
  label: _label,
  value: _value,
  confidence: _confidence,
  scores: _scores,
  interval: _interval,
  ...evidence
}: Prediction): Prediction {
  return evidence;
}

/**
 * A flag as somebody sees it who could still give the second answer: neither the model's answer and what detectors made of it,
 * nor what others answered and wrote.
 *
 * @param labels that may be answered, in the order of their keys; the model's own is not added to them
 */
export function blindFlag(flag: Flag, labels: readonly string[]): Flag {
  const { subject, signals, undoUntil: _undoUntil, ...rest } = flag;
  const isSecondLook = flag.secondLookOf !== undefined;
  return {
    ...rest,
    subject: subject.kind === 'prediction' ? { ...subject, prediction: blindPrediction(subject.prediction) } : subject,
    signals: isSecondLook ? signals : [],
    verdicts: [],
    comments: [],
    choices: flag.choices.length > 0 ? [...labels] : [],
    isBlind: true,
  };
}

export function blindItem({ predictionId, at, kinds }: FlagItem): FlagItem {
  return { predictionId, at, kinds, isBlind: true };
}
