import type { Flag } from '@watchfloor/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { predictionQuery } from '../../api/queries.ts';
import { Moment } from '../../parts/age.tsx';
import { ErrorNotice, Loading } from '../../parts/faces.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SafeText } from '../../parts/safe-text.tsx';
import styles from './evidence-column.module.css';
import { figure, share } from '../figure.ts';
import { ModelSaid } from './model-said.tsx';
import { PredictionEvidence } from './prediction-evidence.tsx';
import { signalWords } from '../signal-words.ts';

type Window = Extract<Flag['subject'], { kind: 'window' }>;
type Item = Window['items'][number];

/** The predictions that a window flag has gathered; each opens to what the model saw. */
export function WindowItems({ stream, subject }: { readonly stream: string; readonly subject: Window }) {
  const { items, itemCount } = subject;
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <Panel
      title="Gathered predictions"
      aside={items.length < itemCount ? `newest ${items.length} of ${figure(itemCount)}` : figure(itemCount)}
      isFlush
    >
      {items.length === 0 ? (
        <p className={styles.none}>This flag is about the stream as a whole; it gathers no single predictions.</p>
      ) : (
        <ul className={styles.itemList}>
          {items.map((item) => (
            <li key={item.predictionId}>
              <button
                type="button"
                className={styles.item}
                aria-expanded={openId === item.predictionId}
                onClick={() => setOpenId(openId === item.predictionId ? null : item.predictionId)}
              >
                <ItemLine item={item} />
              </button>
              {openId === item.predictionId ? <ItemDetail stream={stream} id={item.predictionId} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ItemLine({ item }: { readonly item: Item }) {
  return (
    <>
      <Moment at={item.at} />
      <span className={styles.itemId}>
        <SafeText text={item.predictionId} maxLength={80} />
      </span>
      <span className={styles.itemSaid}>
        {item.label === undefined ? figure(item.value) : <SafeText text={item.label} maxLength={80} />}
      </span>
      <span>{item.confidence === undefined ? '' : share(item.confidence)}</span>
      <span className={styles.itemKinds}>{item.kinds.map((kind) => signalWords[kind]).join(', ')}</span>
    </>
  );
}

function ItemDetail({ stream, id }: { readonly stream: string; readonly id: string }) {
  const stored = useQuery(predictionQuery(stream, id));
  if (stored.isPending) {
    return <Loading what="prediction" />;
  }
  if (stored.isError) {
    return <ErrorNotice error={stored.error} what="The prediction could not be read." />;
  }
  const { prediction } = stored.data;
  return (
    <div className={styles.itemDetail}>
      <Panel title="What the model said" level={3}>
        <ModelSaid prediction={prediction} />
      </Panel>
      <PredictionEvidence prediction={prediction} />
    </div>
  );
}
