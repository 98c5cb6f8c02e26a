import { isRefusal, type Flag, type Refusal, type VerdictKind } from '@watchfloor/contracts';
import { deriveVerdict, questionOf } from '@watchfloor/flags';
import type { Pick } from './draft.ts';
import { figure } from '../figure.ts';
import { labelText } from '../label-text.ts';

/** What an answer will do, in words, before it is given. */
export interface Preview {
  /** Null where nobody knows yet: a blind answer is compared with the model's after it is given. */
  readonly verdict: VerdictKind | null;
  /** Beside a key: `confirms`, `instead of 1`. */
  readonly effect: string;
  /** For a list: `7 instead of 1`. */
  readonly words: string;
  /** `Your answer overrides the model: 7 instead of 1.` */
  readonly sentence: string;
}

/** By the very rule that the server decides by. @returns a refusal for an answer that does not fit the flag */
export function previewOf(flag: Asked, pick: Pick): Preview | Refusal {
  if (flag.isBlind === true) {
    return blindly(pick);
  }
  const derived = deriveVerdict(questionOf(flag.subject), pick, { labels: flag.choices, reasonRequired: false });
  if (isRefusal(derived)) {
    return derived;
  }
  if (flag.subject.kind === 'window') {
    return ofWindow(derived.verdict);
  }
  const { label, value } = flag.subject.prediction;
  const model = label === undefined ? figure(value) : labelText(label);
  const answer = derived.label === undefined ? figured(derived.value) : labelText(derived.label);
  return derived.verdict === 'confirmed' ? confirming(answer ?? model) : overriding(model, answer);
}

/** What the keys will do, while none is pointed at. */
export function standingOffer({ subject, isBlind }: Asked): string {
  if (isBlind === true) {
    return 'Second look, blind: the model’s answer and the first reviewer’s are hidden until you answer. Say what is right.';
  }
  if (subject.kind === 'window') {
    return 'All right confirms what the stream does; the other answer says that somebody has to look after it.';
  }
  const { label, value } = subject.prediction;
  const model = label === undefined ? figure(value) : labelText(label);
  return `The model said ${model}. The same answer confirms it, any other overrides it.`;
}

type Asked = { readonly [Key in 'subject' | 'choices']: Flag[Key] } & { readonly isBlind?: true | undefined };

/** What is said of an answer that nobody can hold against the model's yet. */
function blindly(pick: Pick): Preview | Refusal {
  if ('verdict' in pick) {
    return { refused: 'unfit-answer', because: 'Say what is right: what the model said is hidden until you do' };
  }
  const answer = 'label' in pick ? labelText(pick.label) : figure(pick.value);
  return {
    verdict: null,
    effect: '',
    words: `${answer}, blind`,
    sentence: `Your answer: ${answer}. It stands; the others are shown after it.`,
  };
}

function figured(value: number | undefined): string | undefined {
  return value === undefined ? undefined : figure(value);
}

function confirming(answer: string): Preview {
  return {
    verdict: 'confirmed',
    effect: 'confirms the model',
    words: `${answer}, as the model`,
    sentence: `Your answer confirms the model: ${answer}.`,
  };
}

function overriding(model: string, answer: string | undefined): Preview {
  if (answer === undefined) {
    return {
      verdict: 'overridden',
      effect: 'right answer not known',
      words: `not ${model}`,
      sentence: `Your answer overrides the model: not ${model}, and what is right stays open.`,
    };
  }
  return {
    verdict: 'overridden',
    effect: `instead of ${model}`,
    words: `${answer} instead of ${model}`,
    sentence: `Your answer overrides the model: ${answer} instead of ${model}.`,
  };
}

function ofWindow(verdict: VerdictKind): Preview {
  return verdict === 'confirmed'
    ? {
        verdict,
        effect: 'the stream is as it should be',
        words: 'all right',
        sentence: 'You say that this stretch of the stream is all right.',
      }
    : {
        verdict,
        effect: 'the stream needs looking after',
        words: 'something is wrong',
        sentence: 'You say that something is wrong with this stretch of the stream.',
      };
}
