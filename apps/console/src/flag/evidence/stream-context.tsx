import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { streamQuery } from '../../api/queries.ts';
import { shownQuantiles } from '../../live/rings.ts';
import { useRecent, useTick, useTicksOf } from '../../live/use-live.ts';
import { Panel } from '../../parts/panel.tsx';
import { Spark } from '../../parts/spark.tsx';
import styles from './evidence-column.module.css';
import { figure, share } from '../figure.ts';

/** How the stream is doing while one case of it is looked at. */
export function StreamContext({ stream }: { readonly stream: string }) {
  const wanted = useMemo(() => [stream], [stream]);
  useTicksOf(wanted);
  const summary = useQuery(streamQuery(stream)).data;
  useRecent(stream, summary?.recent);
  const tick = useTick(stream) ?? summary?.recent.at(-1);
  const figures = tick === undefined ? null : shownQuantiles(tick);
  const isShare = tick?.confidence !== null && tick?.confidence !== undefined;
  const write = isShare ? share : figure;
  return (
    <Panel
      title="The stream now"
      aside={
        <Link to="/streams/$stream" params={{ stream }}>
          open stream
        </Link>
      }
    >
      <div data-live>
        <Spark
          stream={stream}
          usual={null}
          threshold={isShare ? (summary?.flaggedBelow ?? null) : null}
          isShare={isShare}
          isFrozen={false}
        />
        <dl className={styles.facts}>
          <div>
            <dt>rate</dt>
            <dd>{tick === undefined ? '–' : `${figure(tick.perSecond, 3)}/s`}</dd>
          </div>
          <div>
            <dt>{isShare ? 'confidence' : 'value'} p10 / p50</dt>
            <dd>{figures === null ? '–' : `${write(figures.p10)} / ${write(figures.p50)}`}</dd>
          </div>
          <div>
            <dt>flagged</dt>
            <dd>{tick === undefined ? '–' : `${figure(tick.flagShare * 100, 3)} %`}</dd>
          </div>
          <div>
            <dt>autonomy</dt>
            <dd>{summary === undefined ? '–' : summary.autonomy}</dd>
          </div>
        </dl>
      </div>
    </Panel>
  );
}
