import type { Answer, Refusal, Subject, VerdictKind } from '@watchfloor/contracts';

/** What a flag asks: is the model's answer right, or is this stretch of the stream all right? */
export type Question =
  | { readonly kind: 'window' }
  | { readonly kind: 'prediction'; readonly label: string | null; readonly value: number | null };

/** The parts of an answer that make a verdict. */
export type Said = Pick<Answer, 'label' | 'value' | 'verdict' | 'reason'>;

export interface AnswerRules {
  /** The stream's declared labels; empty when it has declared none, so that any label may be the right one. */
  readonly labels: readonly string[];
  /** Whether an override needs a reason code. */
  readonly reasonRequired: boolean;
}

/** A verdict without its author: what the answer amounts to. `label` or `value` is what is held to be true. */
export interface Derived {
  readonly verdict: VerdictKind;
  readonly label?: string;
  readonly value?: number;
}

/**
 * Values closer than this, relative to the larger of the two, count as the same: 0.1 %. A person types what the screen
 * shows, four significant digits or more, which is off by 0.05 % at most.
 */
export const valueTolerance = 0.001;

/**
 * What an answer means, before it is given and when it is: the server decides by this rule, and the console shows by it
 * what a key will do. People say what is true; whether that confirms or overrides the model is derived.
 *
 * A bare `overridden` means that the model is wrong and the right answer is not known. Where exactly two labels are declared,
 * the other one is the right one and is filled in.
 *
 * @returns the verdict; refused with `unfit-answer` when the answer does not fit the question, with `reason-needed` when an
 *   override lacks the reason that the stream asks for
 */
export function deriveVerdict(question: Question, said: Said, rules: AnswerRules): Derived | Refusal {
  const derived = question.kind === 'window' ? ofWindow(said) : ofPrediction(question, said, rules.labels);
  return 'verdict' in derived && derived.verdict === 'overridden' && rules.reasonRequired && said.reason === undefined
    ? { refused: 'reason-needed', because: 'This stream asks why: add a reason to your override' }
    : derived;
}

/** The question behind a flag as it is served. */
export function questionOf(subject: Subject): Question {
  return subject.kind === 'window'
    ? { kind: 'window' }
    : { kind: 'prediction', label: subject.prediction.label ?? null, value: subject.prediction.value ?? null };
}

/** Whether two values count as the same answer; see {@link valueTolerance}. */
export function isSameValue(a: number, b: number): boolean {
  return Math.abs(a - b) <= valueTolerance * Math.max(Math.abs(a), Math.abs(b));
}

function ofWindow({ verdict }: Said): Derived | Refusal {
  return verdict === undefined
    ? unfit('This flag asks about a stretch of the stream: say that it is all right, or that something is wrong')
    : { verdict };
}

function ofPrediction(
  model: Extract<Question, { kind: 'prediction' }>,
  { label, value, verdict }: Said,
  labels: readonly string[],
): Derived | Refusal {
  if (label !== undefined) {
    return ofLabel(model.label, label, labels);
  }
  if (value !== undefined) {
    return model.value === null
      ? unfit('The model answered with a label: answer with a label too')
      : { verdict: isSameValue(value, model.value) ? 'confirmed' : 'overridden', value };
  }
  if (verdict === undefined) {
    return unfit('Say what is right');
  }
  return verdict === 'confirmed'
    ? {
        verdict,
        ...(model.label === null ? {} : { label: model.label }),
        ...(model.value === null ? {} : { value: model.value }),
      }
    : { verdict, ...otherOfTwo(model.label, labels) };
}

function ofLabel(modelLabel: string | null, label: string, labels: readonly string[]): Derived | Refusal {
  if (modelLabel === null) {
    return unfit('The model answered with a value: answer with a value too');
  }
  if (label === modelLabel) {
    return { verdict: 'confirmed', label };
  }
  return labels.length === 0 || labels.includes(label)
    ? { verdict: 'overridden', label }
    : unfit('This label is not among those that the stream has declared');
}

function otherOfTwo(modelLabel: string | null, labels: readonly string[]): { label?: string } {
  const [first, second] = labels;
  if (labels.length !== 2 || first === undefined || second === undefined || modelLabel === null) {
    return {};
  }
  return modelLabel === first ? { label: second } : modelLabel === second ? { label: first } : {};
}

function unfit(because: string): Refusal {
  return { refused: 'unfit-answer', because };
}
