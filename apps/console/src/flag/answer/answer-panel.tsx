import { isRefusal, type Answer, type Flag } from '@watchfloor/contracts';
import { useCallback, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { useAnswerKeys } from './answer-keys.ts';
import styles from './answer-panel.module.css';
import { Choices } from './choices.tsx';
import { answerOf, backFrom, emptyDraft, needOf, withPick, withReason, type Draft, type Pick } from './draft.ts';
import { NoteField } from './note-field.tsx';
import { asksForValue } from './open-answer.ts';
import { previewOf, standingOffer, type Preview } from './preview.ts';
import { Reasons } from './reasons-list.tsx';

export interface AnswerPanelProps {
  readonly flag: Flag;
  /** Proof of the claim; absent where a settled flag is answered anew. */
  readonly token?: string | undefined;
  /** Nothing can be pressed before. */
  readonly isReady: boolean;
  readonly onAnswer: (answer: Answer, preview: Preview) => void;
}

/** Asks what is true, says what the answer will do, and asks why where it overrides. Draw it anew for every flag. */
export function AnswerPanel({ flag, token, isReady, onAnswer }: AnswerPanelProps) {
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(flag.id));
  const [unfit, setUnfit] = useState<string | null>(null);
  const [pointedAt, setPointedAt] = useState<Preview | null>(null);
  const [isNoting, setNoting] = useState(false);
  const valueField = useRef<HTMLInputElement>(null);
  const need = needOf(draft, flag.priority);
  const preview = draft.pick === null ? null : previewOf(flag, draft.pick);
  const shown = preview === null || isRefusal(preview) ? null : preview;

  const take = useCallback(
    (next: Draft, hasEntered: boolean) => {
      const lacks = needOf(next, flag.priority);
      const done = next.pick === null ? null : previewOf(flag, next.pick);
      const answer = answerOf(next, { version: flag.version, token, priority: flag.priority });
      if (answer !== undefined && done !== null && !isRefusal(done) && (lacks === 'nothing' || hasEntered)) {
        onAnswer(answer, done);
        return;
      }
      setDraft(next);
      // Opened once and left open: it must not vanish under the hand as soon as its first letter is enough.
      setNoting((isOpen) => isOpen || lacks === 'note');
    },
    [flag, token, onAnswer],
  );
  const pick = (what: Pick) => {
    const will = previewOf(flag, what);
    if (isRefusal(will)) {
      setUnfit(will.because);
      return;
    }
    setUnfit(null);
    take(withPick(draft, what, will.verdict), false);
  };
  const enter = () => take(draft, true);
  const back = () => setDraft(backFrom(draft));
  const noted = () => {
    setNoting(false);
    if (draft.pick !== null) {
      enter();
    }
  };

  useAnswerKeys({
    flag,
    need,
    isReady,
    onPick: pick,
    onReason: (reason) => take(withReason(draft, reason), false),
    onEnter: enter,
    onBack: back,
    onNote: () => setNoting(true),
    onValue: () => valueField.current?.focus(),
  });

  return (
    <section className={styles.panel} aria-labelledby={`question-${flag.id}`} data-ready={isReady} data-need={need}>
      <h2 id={`question-${flag.id}`} className={styles.question}>
        {questionWords(flag, need)}
      </h2>
      <p className={styles.preview} role="status">
        {unfit ?? shown?.sentence ?? pointedAt?.sentence ?? standingOffer(flag)}
      </p>
      <div className={styles.decisions} aria-disabled={!isReady}>
        {need === 'pick' ? (
          <Choices flag={flag} isReady={isReady} onPick={pick} onPoint={setPointedAt} valueField={valueField} />
        ) : (
          <>
            {draft.verdict === 'overridden' ? (
              <Reasons
                chosen={draft.reason}
                isReady={isReady}
                onReason={(reason) => take(withReason(draft, reason), false)}
              />
            ) : null}
            {need === 'enter' || need === 'note' ? (
              <Button look="main" className={styles.commit} hint="Enter" disabled={need === 'note'} onClick={enter}>
                {need === 'note' ? 'Write the note first' : 'Give this answer'}
              </Button>
            ) : null}
            <Button look="quiet" className={styles.back} hint="Esc" onClick={back}>
              Back
            </Button>
          </>
        )}
      </div>
      {isNoting ? (
        <NoteField
          note={draft.note}
          isNeeded={need === 'note'}
          onChange={(note) => setDraft({ ...draft, note })}
          onDone={noted}
          onLeave={() => setNoting(false)}
        />
      ) : (
        <Button look="quiet" className={styles.addNote} hint="m" onClick={() => setNoting(true)}>
          {draft.note === '' ? 'Add a note' : `Note: ${draft.note.slice(0, 40)}`}
        </Button>
      )}
    </section>
  );
}

function questionWords(flag: Flag, need: string): string {
  const { subject, priority } = flag;
  if (need === 'reason') {
    return 'Why?';
  }
  if (need === 'note') {
    return 'Say why in a note';
  }
  if (need === 'enter') {
    return priority === 'P1' ? 'Critical: press Enter to give the answer' : 'Press Enter';
  }
  if (subject.kind === 'window') {
    return 'Is this stream all right?';
  }
  return asksForValue(flag) ? 'What is the right value?' : 'What is this?';
}
