import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { StoredPrediction } from '@watchfloor/contracts';
import { predictionQuery } from '../api/queries.ts';
import { Moment } from '../parts/age.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Evidence, FeatureTable, JsonText } from '../parts/evidence.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './prediction-dialog.module.css';

interface Props {
  readonly stream: string;
  readonly id: string;
  readonly onClose: () => void;
}

/** All that is stored of one prediction and what became of it. */
export function PredictionDialog({ stream, id, onClose }: Props) {
  const stored = useQuery(predictionQuery(stream, id));
  return (
    <Dialog title="Prediction" onClose={onClose} isWide>
      {stored.isError ? <ErrorNotice error={stored.error} onRetry={() => void stored.refetch()} /> : null}
      {stored.isPending ? <Loading what="the prediction" lines={8} /> : null}
      {stored.data === undefined ? null : <Stored stored={stored.data} onClose={onClose} />}
    </Dialog>
  );
}

function Stored({ stored, onClose }: { readonly stored: StoredPrediction; readonly onClose: () => void }) {
  const { prediction, receivedAt, position, signals, flag, verdicts, outcome } = stored;
  const { input, features, segments, stream: _stream, id, ...said } = prediction;
  return (
    <div className={styles.parts}>
      <p className={styles.dim}>
        <SafeText text={id} /> · number {position.toLocaleString('en')} · received <Moment at={receivedAt} withDate />
      </p>
      <section>
        <h3>The model said</h3>
        <JsonText value={said} />
      </section>
      <section>
        <h3>What it saw</h3>
        <Evidence input={input} />
        {features === undefined ? null : <FeatureTable caption="Features" features={features} />}
        {segments === undefined ? null : <FeatureTable caption="Segments" features={segments} />}
      </section>
      <section>
        <h3>What became of it</h3>
        {signals.length === 0 ? <p className={styles.dim}>No detector spoke.</p> : null}
        <ul>
          {signals.map((signal) => (
            <li key={signal.kind}>
              <b>{signal.kind}</b>: <SafeText text={signal.reason} maxLength={500} />
            </li>
          ))}
          {verdicts.map((verdict) => (
            <li key={verdict.id}>
              {verdict.by.name} {verdict.verdict} it
              {verdict.label === undefined ? null : (
                <>
                  {' '}
                  as <SafeText text={verdict.label} maxLength={200} />
                </>
              )}{' '}
              at <Moment at={verdict.at} />
            </li>
          ))}
        </ul>
        {outcome === null ? null : (
          <p>
            The truth came later: <SafeText text={outcome.label ?? String(outcome.value)} maxLength={200} />
          </p>
        )}
        {flag === null ? null : (
          <p>
            <Link to="/flags/$id" params={{ id: flag.id }} onClick={onClose}>
              Its flag ({flag.state})
            </Link>
          </p>
        )}
      </section>
    </div>
  );
}
