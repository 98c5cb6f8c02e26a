import type { Priority } from '@watchfloor/contracts';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { allPriorities, PriorityGlyph } from '../parts/priority-glyph.tsx';
import styles from './let-go.module.css';

interface Props {
  readonly priority: Priority;
  readonly onClose: () => void;
  /** @param reason may be empty */
  readonly onEscalate: (reason: string) => void;
}

/** Raises the priority and leaves the flag to others; why is for those who take it. */
export function EscalateDialog({ priority, onClose, onEscalate }: Props) {
  const [reason, setReason] = useState('');
  const next = allPriorities[Math.max(0, allPriorities.indexOf(priority) - 1)] ?? priority;
  return (
    <Dialog title="Escalate" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onEscalate(reason.trim());
        }}
      >
        <p>
          {next === priority ? (
            <>
              It is <PriorityGlyph priority={priority} withWord /> already; others are asked to take it.
            </>
          ) : (
            <>
              From <PriorityGlyph priority={priority} withWord /> to <PriorityGlyph priority={next} withWord />, and to
              whoever takes it next.
            </>
          )}
        </p>
        <label>
          What they should know (optional)
          <input
            maxLength={500}
            value={reason}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <Button type="submit" look="main" hint="Enter">
          Escalate
        </Button>
      </form>
    </Dialog>
  );
}
