import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './faces.tsx';
import styles from './form-dialog.module.css';

interface Props {
  readonly title: string;
  /** What the button that sends it says. */
  readonly act: string;
  /** How the sending stands. */
  readonly sending: { readonly isPending: boolean; readonly error: Error | null; readonly mutate: () => void };
  readonly isDisabled?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a modal dialog: what went wrong at its head, cancel and the one act at its foot. */
export function FormDialog({ title, act, sending, isDisabled = false, onClose, children }: Props) {
  const form = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="main" isBusy={sending.isPending} disabled={isDisabled}>
            {act}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate();
        }}
      >
        {sending.error === null ? null : <ErrorNotice error={sending.error} />}
        {children}
      </form>
    </Dialog>
  );
}
