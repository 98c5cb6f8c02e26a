import { isRefusal, type Flag } from '@watchfloor/contracts';
import { useId, useState, type RefObject } from 'react';
import { Button } from '../../parts/button.tsx';
import { SafeText } from '../../parts/safe-text.tsx';
import styles from './answer-panel.module.css';
import { keyedChoices } from './choice-keys.ts';
import type { Pick } from './draft.ts';
import { figure } from '../figure.ts';
import { asksForValue, canStayOpen } from './open-answer.ts';
import { previewOf, type Preview } from './preview.ts';
import { typedValue } from './typed-value.ts';

interface Props {
  readonly flag: Flag;
  readonly isReady: boolean;
  readonly onPick: (pick: Pick) => void;
  /** Somebody points at an answer, or no longer does. */
  readonly onPoint: (preview: Preview | null) => void;
  readonly valueField: RefObject<HTMLInputElement | null>;
}

/** The answers that fit the flag, each with what it will do. */
export function Choices({ flag, isReady, onPick, onPoint, valueField }: Props) {
  const { subject, choices } = flag;
  if (subject.kind === 'window') {
    return (
      <div className={styles.list}>
        <Choice
          flag={flag}
          isReady={isReady}
          pick={{ verdict: 'confirmed' }}
          hint="1"
          words="all right"
          onPick={onPick}
          onPoint={onPoint}
        />
        <Choice
          flag={flag}
          isReady={isReady}
          pick={{ verdict: 'overridden' }}
          hint="2"
          words="something is wrong"
          onPick={onPick}
          onPoint={onPoint}
        />
      </div>
    );
  }
  const { label, value } = subject.prediction;
  const isCompact = choices.length > 4 && choices.every((choice) => choice.length <= 3);
  return (
    <>
      {asksForValue(flag) ? <ValueEntry flag={flag} isReady={isReady} onPick={onPick} field={valueField} /> : null}
      {asksForValue(flag) ? null : (
        <div className={isCompact ? styles.compact : styles.list}>
          {keyedChoices(choices).map((choice) => (
            <Choice
              key={choice.label}
              flag={flag}
              isReady={isReady}
              pick={{ label: choice.label }}
              hint={choice.key ?? undefined}
              words={choice.label}
              isModel={choice.label === label}
              onPick={onPick}
              onPoint={onPoint}
            />
          ))}
        </div>
      )}
      {flag.isBlind === true ? null : (
        <div className={styles.shortcuts} data-beside-choices={label !== undefined}>
          <Button hint="c" disabled={!isReady} onClick={() => onPick({ verdict: 'confirmed' })}>
            <span className={styles.oneLine}>
              The model is right: <SafeText text={label ?? figure(value)} maxLength={60} />
            </span>
          </Button>
          {canStayOpen(flag) ? (
            <Button hint="x" disabled={!isReady} onClick={() => onPick({ verdict: 'overridden' })}>
              Wrong, right answer not known
            </Button>
          ) : null}
        </div>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly flag: Flag;
  readonly isReady: boolean;
  readonly pick: Pick;
  readonly hint: string | undefined;
  readonly words: string;
  readonly isModel?: boolean;
  readonly onPick: (pick: Pick) => void;
  readonly onPoint: (preview: Preview | null) => void;
}

function Choice({ flag, isReady, pick, hint, words, isModel = false, onPick, onPoint }: ChoiceProps) {
  const preview = previewOf(flag, pick);
  const point = () => onPoint(isRefusal(preview) ? null : preview);
  const leave = () => onPoint(null);
  return (
    <Button
      look="decision"
      className={styles.choice}
      {...(hint === undefined ? {} : { hint, 'aria-keyshortcuts': hint })}
      data-choice={words}
      data-model={isModel}
      aria-disabled={!isReady}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
      onClick={() => (isReady ? onPick(pick) : undefined)}
    >
      <span className={styles.choiceText}>
        <SafeText text={words} maxLength={200} />
        <small className={styles.effect}>
          <SafeText text={isRefusal(preview) ? preview.because : preview.effect} maxLength={120} />
        </small>
      </span>
    </Button>
  );
}

interface ValueEntryProps {
  readonly flag: Flag;
  readonly isReady: boolean;
  readonly onPick: (pick: Pick) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** For models that answer with a value: the right one is typed, and what it would do is said while typing. */
function ValueEntry({ flag, isReady, onPick, field }: ValueEntryProps) {
  const [text, setText] = useState('');
  const id = useId();
  const value = typedValue(text);
  const preview = value === undefined ? null : previewOf(flag, { value });
  const said =
    text.trim() === ''
      ? 'Type what is right, then Enter.'
      : preview === null
        ? 'This is not a number that can be read in one way only.'
        : isRefusal(preview)
          ? preview.because
          : preview.sentence;
  return (
    <form
      className={styles.value}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && value !== undefined) {
          field.current?.blur();
          onPick({ value });
        }
      }}
    >
      <label htmlFor={id}>
        Right value <kbd aria-hidden="true">v</kbd>
      </label>
      <div className={styles.valueRow}>
        <input
          id={id}
          ref={field}
          inputMode="decimal"
          autoComplete="off"
          maxLength={40}
          value={text}
          aria-describedby={`${id}-said`}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={!isReady || value === undefined}>
          Answer
        </Button>
      </div>
      <p id={`${id}-said`} className={styles.effect}>
        {said}
      </p>
    </form>
  );
}
