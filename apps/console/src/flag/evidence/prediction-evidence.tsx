import type { Prediction } from '@watchfloor/contracts';
import { Moment } from '../../parts/age.tsx';
import { Evidence, FeatureTable } from '../../parts/evidence.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SafeText } from '../../parts/safe-text.tsx';
import styles from './evidence-column.module.css';

/** What the model saw of this one case. */
export function PredictionEvidence({ prediction }: { readonly prediction: Prediction }) {
  const { input, features, segments } = prediction;
  const hasFeatures = features !== undefined && Object.keys(features).length > 0;
  const hasSegments = segments !== undefined && Object.keys(segments).length > 0;
  return (
    <>
      {input === undefined && (hasFeatures || hasSegments) ? null : (
        <Panel title="What the model saw" className={styles.input ?? ''}>
          <Evidence input={input} />
        </Panel>
      )}
      {hasFeatures ? (
        <Panel title="Features">
          <FeatureTable caption="Features" features={features} />
        </Panel>
      ) : null}
      {hasSegments ? (
        <Panel title="Segments">
          <FeatureTable caption="Segments" features={segments} />
        </Panel>
      ) : null}
    </>
  );
}

/** Where the prediction came from. */
export function PredictionFacts({ prediction }: { readonly prediction: Prediction }) {
  const { id, at, subjectId, latencyMs } = prediction;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>prediction</dt>
        <dd className={styles.mono}>
          <SafeText text={id} maxLength={200} />
        </dd>
      </div>
      {subjectId === undefined ? null : (
        <div>
          <dt>subject</dt>
          <dd className={styles.mono}>
            <SafeText text={subjectId} maxLength={200} />
          </dd>
        </div>
      )}
      {at === undefined ? null : (
        <div>
          <dt>answered</dt>
          <dd>
            <Moment at={at} withDate />
          </dd>
        </div>
      )}
      {latencyMs === undefined ? null : (
        <div>
          <dt>latency</dt>
          <dd>{latencyMs.toFixed(1)} ms</dd>
        </div>
      )}
    </dl>
  );
}
