import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useKeys } from '../keys/registry.ts';
import { myAnswersQuery } from './my-answers-query.ts';
import { Moment } from '../parts/age.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { answerWords } from './answer-words.ts';
import styles from './my-answers.module.css';
import { reasonFaces } from './answer/reasons.ts';

interface Props {
  readonly me: string;
  readonly onClose: () => void;
}

/** My last 20 answers; each opens its flag, where it can be answered anew. */
export function MyAnswers({ me, onClose }: Props) {
  const answers = useQuery(myAnswersQuery(me));
  const list = useRef<HTMLUListElement>(null);
  const isRead = answers.data !== undefined;
  useEffect(() => list.current?.querySelector('a')?.focus(), [isRead]);
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys(
    'My answers',
    [
      { keys: 'j', does: 'Next answer', repeats: true, act: () => move(1) },
      { keys: 'k', does: 'Answer before', repeats: true, act: () => move(-1) },
      { keys: 'ArrowDown', does: 'Next answer', repeats: true, isQuiet: true, act: () => move(1) },
      { keys: 'ArrowUp', does: 'Answer before', repeats: true, isQuiet: true, act: () => move(-1) },
    ],
    'dialog',
  );
  return (
    <Dialog title="My last 20 answers" onClose={onClose} isWide>
      {answers.isPending ? <Loading what="answers" lines={6} /> : null}
      {answers.isError ? (
        <ErrorNotice
          error={answers.error}
          what="The record could not be read."
          onRetry={() => void answers.refetch()}
        />
      ) : null}
      {answers.data?.length === 0 ? <Empty title="You have not answered a flag yet" /> : null}
      <ul ref={list}>
        {answers.data?.map(({ number, at, stream, flagId, data }) => (
          <li key={number}>
            <Link to="/flags/$id" params={{ id: flagId ?? '' }} className={styles.row} onClick={onClose}>
              <span className={styles.number}>#{number.toLocaleString('en')}</span>
              <Moment at={at} />
              <span>{stream}</span>
              <strong>
                <SafeText text={answerWords(data)} maxLength={60} />
              </strong>
              <span className={styles.dim}>
                {data.verdict}
                {data.reason === undefined ? '' : `, ${reasonFaces[data.reason].words}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
