import { useQuery } from '@tanstack/react-query';
import type { StreamRisk } from '@watchfloor/contracts';
import { riskQuery } from '../api/queries.ts';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { percentText } from '../parts/figures.ts';
import { Panel } from '../parts/panel.tsx';
import { CertifiedChart } from './certified-chart.tsx';
import styles from './risk-panel.module.css';
import { ReliabilityChart } from './reliability-chart.tsx';
import { RiskCoverageChart } from './risk-coverage-chart.tsx';

/** How sure the model must be before it may act alone: what is promised, what is certified, and what is missing. */
export function RiskPanel({ stream }: { readonly stream: string }) {
  const risk = useQuery(riskQuery(stream));
  if (risk.isError) return <ErrorNotice error={risk.error} onRetry={() => void risk.refetch()} />;
  if (risk.data === undefined) return <Loading what="the risk" lines={10} />;
  return (
    <div className={styles.risk}>
      <Promise risk={risk.data} />
      <div className={styles.wide}>
        <RiskCoverageChart
          points={risk.data.points}
          target={risk.data.target}
          certified={risk.data.certificate?.threshold ?? null}
        />
      </div>
      <CertifiedChart risk={risk.data} />
      <ReliabilityChart risk={risk.data} />
    </div>
  );
}

function Promise({ risk }: { readonly risk: StreamRisk }) {
  const { target, confidence, sentences, present, verdicts, budget } = risk;
  const needed = verdicts.missingExpected ?? verdicts.missingAtBest;
  return (
    <Panel title="The promise" aside={`epoch ${String(risk.epoch)}`} className={styles.promise ?? ''}>
      <p className={styles.target}>
        At most <b>{percentText(target)}</b> errors among what is released without a human,{' '}
        <b>{percentText(confidence)}</b> sure.
      </p>
      <p className={styles.dim}>
        An error is an answer that a second reviewer, who sees neither the model’s answer nor the first one, also gives
        against the model.
      </p>
      <ul className={styles.sentences}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <dl className={styles.figures}>
        <div>
          <dt>errors among the released</dt>
          <dd>
            {present.rate === null ? 'not known yet' : percentText(present.rate)}
            {present.answers === 0 ? null : (
              <span className={styles.dim}>
                {' '}
                between {percentText(present.low)} and {percentText(present.high)}, {present.errors} of{' '}
                {present.answers} audited
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>released</dt>
          <dd>{present.coverage === null ? 'nothing is certified' : percentText(present.coverage)}</dd>
        </div>
        <div>
          <dt>answers</dt>
          <dd>
            {verdicts.answered}
            <span className={styles.dim}>
              {' '}
              {needed === 0 ? '' : `of about ${String(verdicts.answered + needed)}; `}
              {verdicts.waiting} waiting{verdicts.charged === 0 ? '' : `, ${String(verdicts.charged)} overdue`}
            </span>
            {needed === 0 ? null : (
              <progress
                className={styles.meter}
                aria-label="Answers for the next certificate"
                value={verdicts.answered}
                max={verdicts.answered + needed}
              />
            )}
          </dd>
        </div>
        <div>
          <dt>review budget</dt>
          <dd>
            {percentText(risk.reviewBudget)}
            <span className={styles.dim}>
              {' '}
              {budget.canCarry ? 'carries the target' : 'does not carry the target'}
              {budget.daysExpected === null ? '' : `, in about ${daysText(budget.daysExpected)}`}
            </span>
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

function daysText(days: number): string {
  if (days < 1 / 24) return 'an hour';
  return days < 2 ? `${Math.ceil(days * 24).toFixed(0)} hours` : `${Math.ceil(days).toFixed(0)} days`;
}
