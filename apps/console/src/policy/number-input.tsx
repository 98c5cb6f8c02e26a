import { useState } from 'react';
import type { NumberField } from './policy-fields.ts';
import styles from './policy.module.css';

interface Props {
  readonly field: NumberField;
  readonly value: unknown;
  readonly isOff?: boolean;
  readonly onChange: (value: number | null) => void;
}

/** A number of the policy. What is typed stays as typed; only what is a number goes on. */
export function NumberInput({ field, value, isOff = false, onChange }: Props) {
  const { name, hint, min, max, step, isOptional = false } = field;
  const [text, setText] = useState(() => textOf(value));
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    // Another policy came in underneath; typing changes both at once.
    setShown(value);
    if (numberOf(text) !== value) {
      setText(textOf(value));
    }
  }
  return (
    <label className={styles.field}>
      <span>
        {name}
        {hint === undefined ? null : <span className={styles.hint}> ({hint})</span>}
      </span>
      <input
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step === 1 ? 1 : 'any'}
        required={!isOptional}
        disabled={isOff}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const number = numberOf(event.target.value);
          if (number !== null || isOptional) {
            onChange(number);
          }
        }}
      />
    </label>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}

function numberOf(text: string): number | null {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}
