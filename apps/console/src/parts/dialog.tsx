import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  /** Acts, at the foot. */
  readonly foot?: ReactNode;
  readonly isWide?: boolean;
  /** Nothing in the body can have the focus, so the body has it: long text has to scroll by keyboard. */
  readonly isReading?: boolean;
  readonly children: ReactNode;
}

/** A modal dialog for as long as it is drawn. The browser keeps the focus in it and gives it back. */
export function Dialog({ title, onClose, foot, isWide = false, isReading = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // The browser would take the first thing that can have the focus, which is the button that closes.
    dialog.current?.querySelector<HTMLElement>(`.${styles.body ?? ''} :is(input, select, textarea):enabled`)?.focus();
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classNames(styles.dialog, isWide && styles.wide)}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" onClick={onClose} hint="Esc">
          <span className="visually-hidden">Close</span>
          <span aria-hidden="true">×</span>
        </Button>
      </header>
      <div className={styles.body} {...(isReading ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}>
        {children}
      </div>
      {foot === undefined ? null : <footer className={styles.foot}>{foot}</footer>}
    </dialog>
  );
}
