import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `quiet` has no border until it is pointed at; `main` is the one likely act of its place. Default `plain`. */
  readonly look?: 'plain' | 'main' | 'quiet' | 'decision';
  /** Key cap shown at the end. It says what the key registry binds; it binds nothing. */
  readonly hint?: string;
  readonly isBusy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'plain', hint, isBusy = false, className, children, disabled, type, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classNames(styles.button, styles[look], className)}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy ? true : undefined}
    >
      <span className={styles.label}>{children}</span>
      {hint === undefined ? null : (
        <kbd className={styles.hint} aria-hidden="true">
          {hint}
        </kbd>
      )}
    </button>
  );
}
