import { useEffect, useId, useRef } from 'react';
import styles from './answer-panel.module.css';

interface Props {
  readonly note: string;
  readonly isNeeded: boolean;
  readonly onChange: (note: string) => void;
  /** Enter: the note is written. Shift and Enter begin a new line. */
  readonly onDone: () => void;
  /** Escape: back to the keys. */
  readonly onLeave: () => void;
}

/** A note to go with the answer. It has the focus as soon as it is drawn. */
export function NoteField({ note, isNeeded, onChange, onDone, onLeave }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className={styles.note}>
      <label htmlFor={id}>
        Note {isNeeded ? '(needed)' : '(optional)'}, <kbd>Enter</kbd> when done
      </label>
      <textarea
        id={id}
        ref={field}
        rows={note.includes('\n') || note.length > 60 ? 3 : 2}
        maxLength={4_000}
        value={note}
        required={isNeeded}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onDone();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            onLeave();
          }
        }}
      />
    </div>
  );
}
