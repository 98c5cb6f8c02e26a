import { useQuery } from '@tanstack/react-query';
import type { Difference, Differences } from '@watchfloor/contracts';
import { differsQuery } from '../api/queries.ts';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { percentText } from '../parts/figures.ts';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './what-differs.module.css';

interface Props {
  readonly stream: string;
  readonly query: Parameters<typeof differsQuery>[1];
  /** What is compared with what, in a few words. */
  readonly aside: string;
}

const shownAtMost = 8;

/** Which features and segments set a stretch of a stream apart: where to look, before one asks why. */
export function WhatDiffers({ stream, query, aside }: Props) {
  const found = useQuery(differsQuery(stream, query));
  return (
    <Panel title="What differs?" aside={aside} isFlush>
      {found.isError ? (
        <ErrorNotice error={found.error} what="It could not be compared." onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Loading what="the comparison" lines={3} />
      ) : (
        <Found found={found.data} />
      )}
    </Panel>
  );
}

function Found({ found: { window, baseline, items } }: { readonly found: Differences }) {
  const sure = items.filter(({ isSure }) => isSure);
  if (sure.length === 0) return <p className={styles.none}>{whyNothing(window, baseline, items.length)}</p>;
  return (
    <ol className={styles.found}>
      {sure.slice(0, shownAtMost).map((difference) => (
        <Row key={`${difference.kind} ${difference.name}`} difference={difference} />
      ))}
    </ol>
  );
}

function Row({ difference: { kind, name, leading, support, effect } }: { readonly difference: Difference }) {
  return (
    <li>
      <span className={styles.name}>
        <span className={styles.dim}>{kind} </span>
        <SafeText text={`${kind === 'model' ? '' : `${name} = `}${leading.value}`} maxLength={120} />
      </span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.share} style={{ inlineSize: `${(leading.share * 100).toFixed(1)}%` }} />
        <span className={styles.usual} style={{ insetInlineStart: `${(leading.usualShare * 100).toFixed(1)}%` }} />
      </span>
      <span className={styles.figures}>
        <b>{percentText(leading.share)}</b>, usually {percentText(leading.usualShare)}
        <span className={styles.dim}>
          {' '}
          (effect {effect.toFixed(2)}; {support.window} of {support.baseline})
        </span>
      </span>
    </li>
  );
}

function whyNothing(window: number, baseline: number, compared: number): string {
  if (window < 5 || baseline < 5) return 'Too few predictions to compare.';
  if (compared === 0) return 'These predictions name no features or segments that could differ.';
  return `Nothing differs by more than chance, among ${String(window)} against ${String(baseline)} predictions.`;
}
