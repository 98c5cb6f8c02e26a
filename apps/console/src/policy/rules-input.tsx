import type { Rule } from '@watchfloor/contracts';
import { useState } from 'react';
import styles from './policy.module.css';

interface Props {
  readonly rules: readonly Rule[];
  readonly onChange: (rules: readonly Rule[]) => void;
}

const example =
  '[{ "name": "large amounts", "when": [{ "field": "feature:amount", "is": "above", "than": 10000 }], "priority": "P2" }]';

/** Rules as JSON: few people write them, and those who do want to paste. The server says what is wrong with them. */
export function RulesInput({ rules, onChange }: Props) {
  const [text, setText] = useState(() => JSON.stringify(rules, null, 2));
  const [problem, setProblem] = useState('');
  return (
    <label className={styles.wideField}>
      Critical decision points, as JSON
      <textarea
        rows={Math.min(12, text.split('\n').length + 1)}
        className={styles.code}
        spellCheck={false}
        value={text}
        placeholder={example}
        aria-invalid={problem !== ''}
        onChange={(event) => {
          setText(event.target.value);
          const read = rulesOf(event.target.value);
          setProblem(typeof read === 'string' ? read : '');
          event.target.setCustomValidity(typeof read === 'string' ? read : '');
          if (typeof read !== 'string') {
            onChange(read);
          }
        }}
      />
      <span className={styles.hint}>{problem === '' ? `For example ${example}` : problem}</span>
    </label>
  );
}

/** @returns the rules, unchecked but for being a list, or what is wrong with the text */
function rulesOf(text: string): readonly Rule[] | string {
  try {
    const read: unknown = JSON.parse(text.trim() === '' ? '[]' : text);
    return Array.isArray(read) ? (read as readonly Rule[]) : 'Rules are a list: [ … ]';
  } catch (error) {
    return error instanceof Error ? error.message : 'This is not JSON';
  }
}
