import type { Priority } from '@watchfloor/contracts';
import { classNames } from './class-names.ts';
import styles from './priority-glyph.module.css';

export const priorityWords: Readonly<Record<Priority, string>> = {
  P1: 'critical',
  P2: 'high',
  P3: 'medium',
  P4: 'low',
};

/** Most urgent first. */
export const allPriorities = Object.keys(priorityWords) as readonly Priority[];

const shapes: Readonly<Record<Priority, { readonly path: string; readonly digitY: number }>> = {
  P1: { path: 'M1.5 1.5h17v17h-17z', digitY: 14.5 },
  P2: { path: 'M10 1 19.4 18.5H.6z', digitY: 16.4 },
  P3: { path: 'M.6 1.5h18.8L10 19z', digitY: 12.2 },
  P4: { path: 'M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18z', digitY: 14.5 },
};

interface Props {
  readonly priority: Priority;
  /** In CSS pixels; default 18. */
  readonly size?: 14 | 18 | 24;
  /** Shows the word beside the shape; else it is there for screen readers alone. */
  readonly withWord?: boolean;
  /** Hidden from screen readers, where the same words stand beside it. */
  readonly isDecorative?: boolean;
  /** Nobody has taken it yet: the one thing on the floor that may blink. */
  readonly isCalling?: boolean;
}

/** A priority as shape, digit, hue and word: any one of them is enough. */
export function PriorityGlyph({
  priority,
  size = 18,
  withWord = false,
  isDecorative = false,
  isCalling = false,
}: Props) {
  const { path, digitY } = shapes[priority];
  return (
    <span className={styles.glyph} aria-hidden={isDecorative ? true : undefined} data-priority={priority}>
      <svg
        className={classNames(styles.shape, isCalling && styles.calling)}
        viewBox="-0.5 -0.5 21 21"
        width={size}
        height={size}
        aria-hidden="true"
        focusable="false"
      >
        <path d={path} className={styles[priority]} />
        <text x="10" y={digitY} textAnchor="middle" className={styles.digit}>
          {priority.slice(1)}
        </text>
      </svg>
      <span className={withWord ? styles.word : 'visually-hidden'}>
        {withWord ? priorityWords[priority] : `${priority} ${priorityWords[priority]}`}
      </span>
    </span>
  );
}
