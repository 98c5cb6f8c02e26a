import type { SegmentRisk, StreamRisk } from '@watchfloor/contracts';
import { DataTable } from '../parts/data-table.tsx';
import type { Column } from '../parts/data-table.tsx';
import { percentText } from '../parts/figures.ts';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './confusion-table.module.css';

type Rate = SegmentRisk['errors'];

/** A rate with its interval; too few answers say "unknown". */
function rateText({ rate, low, high, answers }: Rate): string {
  if (rate === null || answers < 10) return 'unknown';
  return `${percentText(rate)} (${percentText(low)} – ${percentText(high)})`;
}

const columns: readonly Column<SegmentRisk>[] = [
  {
    key: 'segment',
    head: 'Segment',
    cell: ({ segment, value }) => <SafeText text={`${segment}: ${value}`} maxLength={80} />,
  },
  { key: 'errors', head: 'Errors', isNumber: true, cell: ({ errors }) => rateText(errors) },
  { key: 'overrides', head: 'Overrides', isNumber: true, cell: ({ overrides }) => rateText(overrides), isExtra: true },
  { key: 'answers', head: 'Answers', isNumber: true, cell: ({ overrides }) => overrides.answers },
];

/** How the parts of the stream fare: bias shows here before it shows in the mean. */
export function SegmentRisks({ segments }: { readonly segments: StreamRisk['segments'] }) {
  return (
    <Panel title="By segment" aside="rate, and where it truly lies" isFlush>
      {segments.length === 0 ? (
        <p className={styles.none}>No answers on predictions with segments yet.</p>
      ) : (
        <DataTable
          caption="Errors and overrides by segment"
          columns={columns}
          rows={segments}
          keyOf={({ segment, value }) => `${segment}\n${value}`}
        />
      )}
    </Panel>
  );
}
