import type { Signal } from '@watchfloor/contracts';
import { SafeText } from '../../parts/safe-text.tsx';
import { figure } from '../figure.ts';
import { ScaleLine } from './scale-line.tsx';
import { shownEvidence } from './shown-evidence.ts';
import styles from './signal-card.module.css';
import { shiftIn, shiftKeys } from './what-shifted.ts';
import { WhatShifted } from './what-shifted.tsx';
import { signalWords } from '../signal-words.ts';

/** One reason why the flag was raised: in a sentence, on a line, and in the figures behind it. */
export function SignalCard({ signal }: { readonly signal: Signal }) {
  const drawn = shiftIn(signal) === null ? new Set<string>() : shiftKeys;
  const rest = Object.fromEntries(Object.entries(signal.evidence).filter(([key]) => !drawn.has(key)));
  const facts = shownEvidence(rest);
  return (
    <article className={styles.card} data-kind={signal.kind}>
      <header className={styles.head}>
        <h3>{signalWords[signal.kind]}</h3>
        <span className={styles.policy}>policy v{signal.policyVersion}</span>
      </header>
      <p className={styles.reason}>
        <SafeText text={signal.reason} maxLength={1_000} />
      </p>
      <WhatShifted signal={signal} />
      <ScaleLine signal={signal} />
      {facts.length === 0 ? null : (
        <details className={styles.more}>
          <summary>{facts.length === 1 ? '1 figure behind it' : `${facts.length} figures behind it`}</summary>
          <dl className={styles.facts}>
            {facts.map(({ name, value }) => (
              <div key={name}>
                <dt>
                  <SafeText text={name} maxLength={100} />
                </dt>
                <dd>{typeof value === 'number' ? figure(value) : <SafeText text={value} maxLength={1_000} />}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </article>
  );
}
