import type { Answer } from '@watchfloor/contracts';
import { useCallback, useEffect } from 'react';
import { useLiveLine } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { AnswerPanel } from './answer/answer-panel.tsx';
import { ClaimClock } from './walk/claim-clock.tsx';
import { send } from './outbox/delivery.ts';
import { EvidenceColumn } from './evidence/evidence-column.tsx';
import { FlagHeader } from './flag-header.tsx';
import { FlagLayout } from './flag-layout.tsx';
import type { Held } from './held.ts';
import { LetGo } from './let-go.tsx';
import { LostNotice } from './lost-notice.tsx';
import type { Preview } from './answer/preview.ts';
import { useReady } from './answer/ready.ts';
import { newKey } from './outbox/sent-key.ts';

interface Props {
  readonly held: Held;
  /** Why it can no longer be answered by me; null while it can. */
  readonly loss: string | null;
  readonly me: string;
  readonly mayComment: boolean;
  /** Takes the flag off the screen. @returns false when it is no longer the one there */
  readonly onHandled: (held: Held) => boolean;
  readonly onMoveOn: () => void;
}

/** A flag that I hold: what it is about, and my answer. Every act names the flag, version and claim that are drawn here. */
export function FlagAtHand({ held, loss, me, mayComment, onHandled, onMoveOn }: Props) {
  const { flag, token } = held;
  const live = useLiveLine();
  const isReady = useReady(flag.id) && loss === null;
  useEffect(() => live.present('flag', flag.id), [live, flag.id]);
  const answer = useCallback(
    (body: Answer, { verdict, words }: Preview) => {
      if (onHandled(held)) {
        const { id, stream } = held.flag;
        send({ key: newKey(), flagId: id, stream, by: me, answer: body, verdict, words, answeredAtMs: Date.now() });
      }
    },
    [held, me, onHandled],
  );
  return (
    <div data-flag={flag.id} data-ready={isReady}>
      <FlagLayout
        isLost={loss !== null}
        header={<FlagHeader flag={flag} me={me} aside={<ClaimClock held={held} loss={loss} />} />}
        evidence={<EvidenceColumn flag={flag} mayComment={mayComment} />}
        answer={
          loss === null ? (
            <AnswerPanel key={`answer ${flag.id}`} flag={flag} token={token} isReady={isReady} onAnswer={answer} />
          ) : (
            <LostNotice because={loss}>
              <Button look="main" hint="Enter" onClick={onMoveOn}>
                Next
              </Button>
            </LostNotice>
          )
        }
        acts={
          loss === null ? <LetGo key={`let go ${flag.id}`} held={held} isReady={isReady} onHandled={onHandled} /> : null
        }
      />
    </div>
  );
}
