import { useState } from 'react';
import { call } from '../api/client.ts';
import { sentenceOf } from '../api/problem-error.ts';
import { useKeys } from '../keys/registry.ts';
import { Button } from '../parts/button.tsx';
import { useToasts } from '../parts/toast.tsx';
import { EscalateDialog } from './escalate-dialog.tsx';
import type { Held } from './held.ts';
import styles from './let-go.module.css';
import { SnoozeDialog } from './snooze-dialog.tsx';

interface Props {
  readonly held: Held;
  readonly isReady: boolean;
  /** Takes the flag off the screen. @returns false when it is no longer the one there: then nothing may be done */
  readonly onHandled: (held: Held) => boolean;
}

type Asking = 'snooze' | 'escalate' | null;

/** Ways to part from a flag without answering it. */
export function LetGo({ held, isReady, onHandled }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const show = useToasts((state) => state.show);
  const { flag, token } = held;
  const params = { id: flag.id };
  const body = { version: flag.version, claim: token };

  const part = (words: string, act: () => Promise<unknown>) => {
    setAsking(null);
    if (!onHandled(held)) {
      return;
    }
    act().then(
      () => show({ text: words, forMs: 4_000 }),
      (error: unknown) =>
        show({ text: `${flag.stream}: not ${words.toLowerCase()}. ${sentenceOf(error)} The claim ends by itself.` }),
    );
  };
  const skip = () => part('Skipped', () => call('skip', { params, body }));
  const release = () => part('Released', () => call('release', { params, body }));

  useKeys('Leave the flag', [
    { keys: 's', does: 'Skip: leave it to others', isOn: isReady, act: skip },
    { keys: 'h', does: 'Snooze: put it off', isOn: isReady, act: () => setAsking('snooze') },
    { keys: 'e', does: 'Escalate: raise its priority', isOn: isReady, act: () => setAsking('escalate') },
    { keys: 'r', does: 'Release: give it back', isOn: isReady, act: release },
  ]);

  return (
    <>
      <div className={styles.acts} role="group" aria-label="Leave the flag">
        <Button hint="s" disabled={!isReady} onClick={skip}>
          Skip
        </Button>
        <Button hint="h" disabled={!isReady} onClick={() => setAsking('snooze')}>
          Snooze
        </Button>
        <Button hint="e" disabled={!isReady} onClick={() => setAsking('escalate')}>
          Escalate
        </Button>
        <Button hint="r" disabled={!isReady} onClick={release}>
          Release
        </Button>
      </div>
      {asking === 'snooze' ? (
        <SnoozeDialog
          onClose={() => setAsking(null)}
          onSnooze={(minutes) => part('Snoozed', () => call('snooze', { params, body: { ...body, minutes } }))}
        />
      ) : null}
      {asking === 'escalate' ? (
        <EscalateDialog
          priority={flag.priority}
          onClose={() => setAsking(null)}
          onEscalate={(reason) =>
            part('Escalated', () => call('escalate', { params, body: reason === '' ? body : { ...body, reason } }))
          }
        />
      ) : null}
    </>
  );
}
