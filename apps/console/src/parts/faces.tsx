import type { ReactNode } from 'react';
import { sentenceOf } from '../api/problem-error.ts';
import { Button } from './button.tsx';
import styles from './faces.module.css';

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** Nothing is here, and what that means. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className={styles.face}>
      <p className={styles.title}>{title}</p>
      {children === undefined ? null : <div className={styles.text}>{children}</div>}
    </div>
  );
}

interface LoadingProps {
  /** What is loading, for screen readers. */
  readonly what: string;
  /** Lines of the skeleton; give as many as will be there, so that nothing jumps. Default 3. */
  readonly lines?: number;
}

export function Loading({ what, lines = 3 }: LoadingProps) {
  return (
    <div className={styles.loading} aria-busy="true">
      <span className="visually-hidden">Loading {what}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles.line} aria-hidden="true" />
      ))}
    </div>
  );
}

interface ErrorNoticeProps {
  readonly error: unknown;
  /** What could not be done: "The streams could not be read." */
  readonly what?: string;
  readonly onRetry?: () => void;
}

/** What went wrong, in the server's own sentence, and a way on. */
export function ErrorNotice({ error, what, onRetry }: ErrorNoticeProps) {
  return (
    <div className={styles.notice} role="alert">
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" className={styles.mark}>
        <path d="M10 2 18.5 17h-17z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
        <path d="M10 7.5v4.5M10 14v1" stroke="currentColor" strokeWidth="1.8" />
      </svg>
      <p>
        {what === undefined ? null : <strong>{what} </strong>}
        {sentenceOf(error)}
      </p>
      {onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

interface StaleProps {
  readonly isStale: boolean;
  /** Says how old: "42 s old". */
  readonly age?: string;
  readonly children: ReactNode;
}

/** Values that no longer follow the floor: hatched, with their age, and in no hue. */
export function Stale({ isStale, age, children }: StaleProps) {
  return (
    <div className={isStale ? styles.stale : undefined} data-stale={isStale ? true : undefined}>
      {isStale && age !== undefined ? <span className={styles.age}>{age}</span> : null}
      {children}
    </div>
  );
}
