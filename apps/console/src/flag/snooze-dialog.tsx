import { useKeys } from '../keys/registry.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import styles from './let-go.module.css';

const spans = [
  { keys: '1', minutes: 15, words: '15 minutes' },
  { keys: '2', minutes: 60, words: '1 hour' },
  { keys: '3', minutes: 240, words: '4 hours' },
  { keys: '4', minutes: 480, words: '8 hours' },
] as const;

interface Props {
  readonly onClose: () => void;
  readonly onSnooze: (minutes: number) => void;
}

/** For how long the flag is put off, for everybody. */
export function SnoozeDialog({ onClose, onSnooze }: Props) {
  useKeys(
    'Snooze',
    spans.map(({ keys, minutes, words }) => ({ keys, does: words, act: () => onSnooze(minutes) })),
    'dialog',
  );
  return (
    <Dialog title="Put the flag off, for everybody" onClose={onClose}>
      <div className={styles.spans}>
        {spans.map(({ keys, minutes, words }) => (
          <Button key={keys} look="decision" hint={keys} onClick={() => onSnooze(minutes)}>
            {words}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
