import { useMemo, useState } from 'react';
import styles from './evidence.module.css';
import { SafeText } from './safe-text.tsx';
import { isShownImage } from './text-pieces.ts';

/** JSON as a prediction carries it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Props {
  /** What the model saw. */
  readonly input: Json | undefined;
}

const words = new Set(['text', 'html', 'prompt', 'question', 'answer', 'title', 'body']);

/**
 * What the model saw, for the reviewer's eyes: texts to read, pictures that carry themselves, and the rest as JSON.
 * It is shown, never run, and nothing in it is ever fetched.
 */
export function Evidence({ input }: Props) {
  if (input === undefined || input === null) {
    return <p className={styles.none}>The model sent no input with this prediction.</p>;
  }
  if (typeof input === 'string') {
    return isShownImage(input) ? <Picture uri={input} /> : <Prose text={input} />;
  }
  if (typeof input !== 'object' || Array.isArray(input)) {
    return <JsonText value={input} />;
  }
  const entries = Object.entries(input as Readonly<Record<string, Json>>);
  const isRead = ([key, value]: [string, Json]) => typeof value === 'string' && (isShownImage(value) || words.has(key));
  const rest = entries.filter((entry) => !isRead(entry));
  return (
    <div className={styles.parts}>
      {entries.filter(isRead).map(([key, value]) => (
        <div key={key}>
          <h3 className={styles.key}>
            <SafeText text={key} />
          </h3>
          {isShownImage(value) ? <Picture uri={value} /> : <Prose text={typeof value === 'string' ? value : ''} />}
        </div>
      ))}
      {rest.length === 0 ? null : <JsonText value={Object.fromEntries(rest)} />}
    </div>
  );
}

function Prose({ text }: { readonly text: string }) {
  return (
    // Focusable, because what scrolls has to scroll by keyboard too.
    <div className={styles.prose} dir="auto" tabIndex={0} role="group" aria-label="Text">
      <SafeText text={text} />
    </div>
  );
}

function Picture({ uri }: { readonly uri: string }) {
  const [isBroken, setBroken] = useState(false);
  return isBroken ? (
    <p className={styles.none}>The picture cannot be read.</p>
  ) : (
    <img className={styles.picture} src={uri} alt="What the model saw" onError={() => setBroken(true)} />
  );
}

/** Any JSON, indented; at most 20,000 characters of it. */
export function JsonText({ value }: { readonly value: unknown }) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  return (
    // Focusable, because what scrolls has to scroll by keyboard too.
    <pre className={styles.json} tabIndex={0} role="group" aria-label="JSON">
      <SafeText text={text} />
    </pre>
  );
}

interface FeatureTableProps {
  readonly caption: string;
  readonly features: Readonly<Record<string, Json>>;
}

/** Features or segments as rows of name and value. */
export function FeatureTable({ caption, features }: FeatureTableProps) {
  return (
    <table className={styles.features}>
      <caption className="visually-hidden">{caption}</caption>
      <tbody>
        {Object.entries(features).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <SafeText text={name} maxLength={200} />
            </th>
            <td data-kind={typeof value}>
              <SafeText text={typeof value === 'string' ? value : figureOf(value)} maxLength={600} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function figureOf(value: Json): string {
  return typeof value === 'number'
    ? new Intl.NumberFormat('en', { maximumSignificantDigits: 6 }).format(value)
    : JSON.stringify(value);
}
