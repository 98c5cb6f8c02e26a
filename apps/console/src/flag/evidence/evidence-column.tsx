import type { Flag } from '@watchfloor/contracts';
import { Moment } from '../../parts/age.tsx';
import { Panel } from '../../parts/panel.tsx';
import { spanOf } from '../../parts/time.ts';
import { WhatDiffers } from '../../stream/what-differs.tsx';
import { Comments } from './comments.tsx';
import styles from './evidence-column.module.css';
import { ModelSaid } from './model-said.tsx';
import { PredictionEvidence, PredictionFacts } from './prediction-evidence.tsx';
import { SignalCard } from './signal-card.tsx';
import { StreamContext } from './stream-context.tsx';
import { WindowItems } from './window-evidence.tsx';

interface Props {
  readonly flag: Flag;
  readonly mayComment: boolean;
}

/** All that a person needs to answer, the case itself first. */
export function EvidenceColumn({ flag, mayComment }: Props) {
  const { subject, signals } = flag;
  const why = (
    <Panel title="Why it was flagged" className={styles.why ?? ''}>
      {signals.map((signal, index) => (
        <SignalCard key={`${signal.kind} ${index}`} signal={signal} />
      ))}
    </Panel>
  );
  const comments = (
    <Comments flagId={flag.id} comments={flag.comments} mayComment={mayComment && flag.isBlind !== true} />
  );
  if (subject.kind === 'window') {
    return (
      <div className={styles.column}>
        <div className={styles.whole}>{why}</div>
        <StretchPanel from={subject.from} to={subject.to} />
        <StreamContext stream={flag.stream} />
        <div className={styles.whole}>
          <WhatDiffers
            stream={flag.stream}
            query={{ from: subject.from, to: subject.to }}
            aside="this stretch against what came before"
          />
        </div>
        <div className={styles.whole}>
          <WindowItems stream={flag.stream} subject={subject} />
        </div>
        <div className={styles.whole}>{comments}</div>
      </div>
    );
  }
  const { prediction } = subject;
  return (
    <div className={styles.column}>
      <div className={styles.half}>
        <PredictionEvidence prediction={prediction} />
        <Panel title="Where it came from">
          <PredictionFacts prediction={prediction} />
        </Panel>
      </div>
      <div className={styles.half}>
        {why}
        {flag.isBlind === true ? null : (
          <Panel title="What the model said" className={styles.said ?? ''}>
            <ModelSaid prediction={prediction} />
          </Panel>
        )}
        <StreamContext stream={flag.stream} />
      </div>
      <div className={styles.whole}>{comments}</div>
    </div>
  );
}

function StretchPanel({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <Panel title="The stretch">
      <dl className={styles.facts}>
        <div>
          <dt>from</dt>
          <dd>
            <Moment at={from} withDate />
          </dd>
        </div>
        <div>
          <dt>to</dt>
          <dd>
            <Moment at={to} withDate />
          </dd>
        </div>
        <div>
          <dt>length</dt>
          <dd>{spanOf(Date.parse(to) - Date.parse(from))}</dd>
        </div>
      </dl>
    </Panel>
  );
}
