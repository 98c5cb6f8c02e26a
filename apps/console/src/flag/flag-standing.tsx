import type { Answer, Flag } from '@watchfloor/contracts';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useKeys } from '../keys/registry.ts';
import { Moment } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorNotice } from '../parts/faces.tsx';
import { useNow } from '../parts/now.ts';
import { adjudicatorWords } from './adjudicator-words.ts';
import { AnswerPanel } from './answer/answer-panel.tsx';
import { send, useOutbox } from './outbox/delivery.ts';
import styles from './flag-standing.module.css';
import { isOpen } from './outbox/outbox.ts';
import type { Preview } from './answer/preview.ts';
import { useReady } from './answer/ready.ts';
import { newKey } from './outbox/sent-key.ts';
import { Verdicts } from './verdicts.tsx';

interface Props {
  readonly flag: Flag;
  readonly me: string;
  readonly mayDecide: boolean;
  readonly onClaim: () => Promise<void>;
}

/** Where a flag stands that I do not hold, and what I can do about it. */
export function FlagStanding({ flag, me, mayDecide, onClaim }: Props) {
  return (
    <div className={styles.standing}>
      <Claiming flag={flag} me={me} mayDecide={mayDecide} onClaim={onClaim} />
      <Verdicts flag={flag} />
      <SecondLookNote flag={flag} />
      {flag.state === 'settled' && mayDecide && flag.isBlind !== true && flag.secondLookOf === undefined ? (
        <AnsweringAnew flag={flag} me={me} />
      ) : null}
      <p className={styles.links}>
        <Link to="/history" search={{ flag: flag.id }}>
          The life of this flag in the record
        </Link>
        {mayDecide ? <Link to="/queue/now">On with the queue</Link> : null}
      </p>
    </div>
  );
}

function Claiming({ flag, me, mayDecide, onClaim }: Props) {
  const claiming = useMutation({ mutationFn: onClaim });
  const now = useNow();
  const isUnderWay = useOutbox((state) => state.sent.some((sent) => sent.flagId === flag.id && isOpen(sent)));
  const holder = flag.claim !== undefined && Date.parse(flag.claim.expiresAt) > now ? flag.claim : undefined;
  const isMine = holder?.by.id === me;
  const canClaim =
    mayDecide &&
    !isUnderWay &&
    // Whoever sees the answers to a second look cannot give one.
    (flag.secondLookOf === undefined || flag.isBlind === true) &&
    (flag.state === 'open' || flag.state === 'claimed' || flag.state === 'snoozed') &&
    (holder === undefined || isMine);
  useKeys('Flag', [
    { keys: 'Enter', does: 'Claim the flag', isOn: canClaim && !claiming.isPending, act: () => claiming.mutate() },
  ]);
  if (flag.state === 'withdrawn') {
    return <p className={styles.notice}>There is nothing to answer here any more: this question was withdrawn.</p>;
  }
  if (flag.state === 'settled' || flag.state === 'lapsed') {
    return flag.state === 'lapsed' ? (
      <p className={styles.notice}>Nobody answered in time, and the stream’s safe action was taken.</p>
    ) : null;
  }
  return (
    <section className={styles.notice}>
      <p>
        {isUnderWay ? 'Your answer is on its way.' : null}
        {!isUnderWay && holder !== undefined && !isMine ? (
          <>
            <strong>{holder.by.name}</strong> holds this flag until <Moment at={holder.expiresAt} /> unless it is
            renewed.
          </>
        ) : null}
        {!isUnderWay && isMine ? 'You hold this flag in another window.' : null}
        {!isUnderWay && holder === undefined && flag.snoozedUntil !== undefined && flag.state === 'snoozed' ? (
          <>
            Snoozed until <Moment at={flag.snoozedUntil} />.
          </>
        ) : null}
        {!isUnderWay && holder === undefined && flag.state !== 'snoozed' ? 'Nobody has taken this flag yet.' : null}
      </p>
      {canClaim ? (
        <Button look="main" hint="Enter" isBusy={claiming.isPending} onClick={() => claiming.mutate()}>
          {isMine ? 'Answer it here instead' : 'Claim and answer'}
        </Button>
      ) : null}
      {claiming.isError ? <ErrorNotice error={claiming.error} what="Not claimed." /> : null}
      {mayDecide ? null : <p className={styles.dim}>Your roles let you read flags, not answer them.</p>}
    </section>
  );
}

/** The other half of a pair, and how the audit stands. */
function SecondLookNote({ flag }: { readonly flag: Flag }) {
  const { audit, secondLookOf, isBlind } = flag;
  if (secondLookOf !== undefined) {
    return isBlind === true ? (
      <p className={styles.notice}>
        Second look, blind: the model’s answer and the first reviewer’s are hidden until you answer.
      </p>
    ) : (
      <p className={styles.notice}>
        This is the second look at{' '}
        <Link to="/flags/$id" params={{ id: secondLookOf }}>
          the flag that asked first
        </Link>
        . Whoever has seen the answers cannot take it.
      </p>
    );
  }
  if (audit === undefined || audit.state === 'first-look') {
    return null;
  }
  const { secondLookId } = audit;
  return (
    <p className={styles.notice}>
      {audit.state === 'second-look'
        ? 'Chance drew this for the audit, and the first answer disagrees with the model: somebody else takes a second look, blind. '
        : `The audit is decided: the model was ${audit.isError ? 'wrong' : 'right'}; ${adjudicatorWords[audit.by]}. `}
      {isBlind === true ? 'What was said is hidden from you: you could still be the one. ' : null}
      {secondLookId === undefined ? null : (
        <Link to="/flags/$id" params={{ id: secondLookId }}>
          The second look
        </Link>
      )}
    </p>
  );
}

/** A later answer replaces the one that stands; both stay in the record. */
function AnsweringAnew({ flag, me }: { readonly flag: Flag; readonly me: string }) {
  const [isOpenNow, setOpen] = useState(false);
  const isReady = useReady(isOpenNow ? flag.id : null);
  const now = useNow();
  const undoLeftMs = flag.undoUntil === undefined ? 0 : Date.parse(flag.undoUntil) - now;
  const answer = useCallback(
    (body: Answer, { verdict, words }: Preview) => {
      setOpen(false);
      const { id, stream } = flag;
      send({ key: newKey(), flagId: id, stream, by: me, answer: body, verdict, words, answeredAtMs: Date.now() });
    },
    [flag, me],
  );
  useKeys('Flag', [
    { keys: 'n', does: 'Answer anew', isOn: !isOpenNow && undoLeftMs <= 0, act: () => setOpen(true) },
    { keys: 'Escape', does: 'Leave the answer as it is', isOn: isOpenNow, act: () => setOpen(false) },
  ]);
  if (isOpenNow) {
    return <AnswerPanel key={flag.version} flag={flag} isReady={isReady} onAnswer={answer} />;
  }
  return (
    <Button hint="n" disabled={undoLeftMs > 0} onClick={() => setOpen(true)}>
      {undoLeftMs > 0 ? `Can be undone for ${Math.ceil(undoLeftMs / 1000)} s more, then answered anew` : 'Answer anew'}
    </Button>
  );
}
