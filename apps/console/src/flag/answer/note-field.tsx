import { useId, type Ref } from 'react';
import styles from './answer-panel.module.css';

interface Props {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly note: string;
  readonly isNeeded: boolean;
  readonly onChange: (note: string) => void;
  /** Enter: the note is written. Shift and Enter begin a new line. */
  readonly onDone: () => void;
}

/** A note to go with the answer. */
export function NoteField({ ref, note, isNeeded, onChange, onDone }: Props) {
  const id = useId();
  return (
    <div className={styles.note}>
      <label htmlFor={id}>
        Note {isNeeded ? '(needed)' : '(optional)'} <kbd aria-hidden="true">m</kbd>
      </label>
      <textarea
        id={id}
        ref={ref}
        rows={note.includes('\n') || note.length > 60 ? 3 : 1}
        maxLength={4_000}
        value={note}
        required={isNeeded}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onDone();
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            event.currentTarget.blur();
          }
        }}
      />
    </div>
  );
}
