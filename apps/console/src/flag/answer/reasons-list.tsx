import type { ReasonCode } from '@watchfloor/contracts';
import { Button } from '../../parts/button.tsx';
import styles from './answer-panel.module.css';
import { reasonsInOrder } from './reasons.ts';

interface Props {
  readonly chosen: ReasonCode | null;
  readonly isReady: boolean;
  readonly onReason: (reason: ReasonCode) => void;
}

/** Why the model is overridden: one letter each. */
export function Reasons({ chosen, isReady, onReason }: Props) {
  return (
    <div className={styles.reasons} role="group" aria-label="Reasons">
      {reasonsInOrder.map(({ code, key, words }) => (
        <Button
          key={code}
          look="decision"
          className={styles.reason}
          hint={key}
          aria-keyshortcuts={key}
          aria-pressed={chosen === code}
          data-reason={code}
          onClick={() => (isReady ? onReason(code) : undefined)}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}
