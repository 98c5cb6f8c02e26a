import type { ChangedPrediction, WhatIfResult, WhatIfSide } from '@watchfloor/contracts';
import { signalWords } from '../flag/signal-words.ts';
import { DataTable } from '../parts/data-table.tsx';
import type { Column } from '../parts/data-table.tsx';
import { confidenceText, percentText } from '../parts/figures.ts';
import { SafeText } from '../parts/safe-text.tsx';
import { wholeSpanOf } from '../parts/time.ts';
import { ThresholdSlider } from './threshold-slider.tsx';
import styles from './what-if.module.css';

interface Props {
  readonly result: WhatIfResult;
  /** The draft's fixed threshold of confidence. */
  readonly threshold: number | null;
  readonly onChange: (path: string, value: unknown) => void;
}

const dayMs = 86_400_000;

const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

interface Row {
  readonly name: string;
  readonly text: (side: WhatIfSide) => string;
}

const rows: readonly Row[] = [
  { name: 'flags a day', text: ({ flagsPerDay }) => count(flagsPerDay) },
  {
    name: 'a day for each reviewer',
    text: ({ flagsPerDayPerReviewer }) => (flagsPerDayPerReviewer === null ? '–' : count(flagsPerDayPerReviewer)),
  },
  { name: 'predictions flagged', text: ({ flagged }) => count(flagged) },
  { name: 'gathered under a repeated fault', text: ({ grouped }) => count(grouped) },
  { name: 'flags on the stream', text: ({ windowFlags }) => count(windowFlags) },
  { name: 'passed unseen', text: ({ passed }) => count(passed) },
  {
    name: 'errors among the passed',
    text: ({ errorsPassed: { expected, low, high } }) =>
      expected === null ? 'unknown: no audited answers' : `${count(expected)} (${count(low)} – ${count(high)})`,
  },
];

/** What the policy in force does with a window, and what the draft would do. */
export function WhatIfReport({ result, threshold, onChange }: Props) {
  const { before, after, newlyFlagged, noLongerFlagged, samples, bySegment, byConfidence, remarks } = result;
  return (
    <div className={styles.report}>
      <p className={styles.dim}>
        {count(result.predictions)} predictions over {wholeSpanOf(result.days * dayMs)}. {count(newlyFlagged)} would be
        flagged that are not, {count(noLongerFlagged)} would be no more.
      </p>
      {remarks.map((remark) => (
        <p key={remark} className={styles.remark}>
          {remark}
        </p>
      ))}
      {byConfidence.some(({ predictions }) => predictions > 0) ? (
        <ThresholdSlider bins={byConfidence} days={result.days} threshold={threshold} onChange={onChange} />
      ) : null}
      <DataTable
        caption="The policy in force and the draft"
        columns={[
          { key: 'name', head: '', cell: ({ name }) => name },
          { key: 'before', head: 'In force', isNumber: true, cell: ({ text }) => text(before) },
          { key: 'after', head: 'Draft', isNumber: true, cell: ({ text }) => <b>{text(after)}</b> },
        ]}
        rows={rows}
        keyOf={({ name }) => name}
      />
      {samples.length === 0 ? null : (
        <>
          <h3>Some that change sides</h3>
          <DataTable
            caption="Predictions that change sides"
            columns={sampleColumns}
            rows={samples}
            keyOf={({ position }) => position}
          />
        </>
      )}
      {bySegment.length === 0 ? null : (
        <>
          <h3>By segment, share flagged</h3>
          <DataTable
            caption="Share flagged by segment"
            columns={[
              {
                key: 'segment',
                head: 'Segment',
                cell: ({ segment, value }) => <SafeText text={`${segment}: ${value}`} maxLength={80} />,
              },
              { key: 'all', head: 'Predictions', isNumber: true, cell: ({ predictions }) => count(predictions) },
              {
                key: 'before',
                head: 'In force',
                isNumber: true,
                cell: (cell) => percentText(cell.flaggedBefore / cell.predictions),
              },
              {
                key: 'after',
                head: 'Draft',
                isNumber: true,
                cell: (cell) => <b>{percentText(cell.flaggedAfter / cell.predictions)}</b>,
              },
            ]}
            rows={bySegment.filter(({ predictions }) => predictions > 0)}
            keyOf={({ segment, value }) => `${segment}\n${value}`}
          />
        </>
      )}
    </div>
  );
}

const sampleColumns: readonly Column<ChangedPrediction>[] = [
  { key: 'id', head: 'Id', cell: ({ id }) => <SafeText text={id} maxLength={40} /> },
  {
    key: 'answer',
    head: 'Answer',
    cell: ({ label, value }) => <SafeText text={label ?? (value === undefined ? '–' : String(value))} maxLength={40} />,
  },
  {
    key: 'confidence',
    head: 'Confidence',
    isNumber: true,
    cell: ({ confidence }) => (confidence === undefined ? '–' : confidenceText(confidence)),
  },
  { key: 'before', head: 'In force', cell: ({ before }) => kindsText(before), isExtra: true },
  { key: 'after', head: 'Draft', cell: ({ after }) => kindsText(after) },
];

function kindsText(kinds: ChangedPrediction['after']): string {
  return kinds.length === 0 ? 'passes' : kinds.map((kind) => signalWords[kind]).join(', ');
}
