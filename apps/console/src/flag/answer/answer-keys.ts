import type { Flag, ReasonCode } from '@watchfloor/contracts';
import type { Binding } from '../../keys/bindings.ts';
import { useKeys } from '../../keys/registry.ts';
import { labelText } from '../label-text.ts';
import { keyedChoices } from './choice-keys.ts';
import type { Need, Pick } from './draft.ts';
import { asksForValue, canStayOpen } from './open-answer.ts';
import { reasonsInOrder } from './reasons.ts';

interface Options {
  readonly flag: Flag;
  readonly need: Need;
  readonly isReady: boolean;
  readonly onPick: (pick: Pick) => void;
  readonly onReason: (reason: ReasonCode) => void;
  readonly onEnter: () => void;
  readonly onBack: () => void;
  readonly onNote: () => void;
  readonly onValue: () => void;
}

/** The keys that answer a flag. The `?` sheet lists exactly these. */
export function useAnswerKeys(options: Options): void {
  useKeys('Answer', answerKeys(options));
}

export function answerKeys(options: Options): readonly Binding[] {
  const { flag, need, isReady, onPick, onReason, onEnter, onBack, onNote, onValue } = options;
  const isPrediction = flag.subject.kind === 'prediction' && flag.isBlind !== true;
  const isValue = asksForValue(flag);
  return [
    ...pickKeys(flag).map(({ keys, does, pick }) => ({ keys, does, isOn: isReady, act: () => onPick(pick) })),
    ...(isPrediction
      ? [
          {
            keys: 'c',
            does: 'Take the model’s answer',
            isOn: isReady,
            act: () => onPick({ verdict: 'confirmed' as const }),
          },
        ]
      : []),
    ...(canStayOpen(flag)
      ? [
          {
            keys: 'x',
            does: 'Wrong, right answer not known',
            isOn: isReady,
            act: () => onPick({ verdict: 'overridden' as const }),
          },
        ]
      : []),
    ...(isValue ? [{ keys: 'v', does: 'Type the right value', isOn: isReady && need === 'pick', act: onValue }] : []),
    ...reasonsInOrder.map(({ code, key, words }) => ({
      keys: key,
      does: `Because: ${words}`,
      isOn: isReady && (need === 'reason' || need === 'note'),
      act: () => onReason(code),
    })),
    { keys: 'Enter', does: 'Give a critical answer', isOn: isReady && need === 'enter', act: onEnter },
    { keys: 'Escape', does: 'Back to the choices', isOn: need !== 'pick', act: onBack },
    { keys: 'm', does: 'Write a note', act: onNote },
  ];
}

function pickKeys(flag: Flag): readonly { keys: string; does: string; pick: Pick }[] {
  if (flag.subject.kind === 'window') {
    return [
      { keys: '1', does: 'All right', pick: { verdict: 'confirmed' } },
      { keys: '2', does: 'Something is wrong', pick: { verdict: 'overridden' } },
    ];
  }
  return keyedChoices(flag.choices).flatMap(({ key, label }) =>
    key === null ? [] : [{ keys: key, does: `It is ${labelText(label)}`, pick: { label } }],
  );
}
