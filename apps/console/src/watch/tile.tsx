import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { StreamSummary } from '@watchfloor/contracts';
import { memo, useMemo } from 'react';
import { usualQuery } from '../api/queries.ts';
import { flagsOf, worstOf } from '../live/counts.ts';
import { noCounts } from '../live/reduce.ts';
import { shownQuantiles } from '../live/rings.ts';
import { useFrozenAt, useLive, useOfflineAgeMs, useTick } from '../live/use-live.ts';
import { classNames } from '../parts/class-names.ts';
import { useNow } from '../parts/now.ts';
import { allPriorities, PriorityGlyph } from '../parts/priority-glyph.tsx';
import { Spark } from '../parts/spark.tsx';
import type { Band } from '../parts/spark.tsx';
import { spanOf, wholeSpanOf } from '../parts/time.ts';
import { briefText, confidenceText, percentText, rateText } from '../parts/figures.ts';
import { usualBand } from './normal.ts';
import styles from './tile.module.css';

/** A stream without predictions for so long says how long instead of its rate. */
const idleAfterMs = 15_000;
/** Figures older than this are hatched: they no longer follow the stream. */
const oldAfterMs = 60_000;

interface Props {
  readonly stream: StreamSummary;
  /** The one tile of the wall that Tab reaches; arrows move on from there. */
  readonly isStop: boolean;
}

/** One stream on the wall: grey while all is well, marked by shape and edge when it needs somebody. */
export const Tile = memo(function Tile({ stream, isStop }: Props) {
  const { name, autonomy, owner, isLearning } = stream;
  const minutes = useQuery(usualQuery(name)).data?.items;
  const usual = useMemo(() => (minutes === undefined ? null : usualBand(minutes)), [minutes]);
  const open = useLive((state) => state.streams.get(name)?.open ?? noCounts);
  const mode = useLive((state) => state.streams.get(name)?.autonomy ?? autonomy);
  const worst = worstOf(open);
  // P3 and P4 are the day's work, not an alarm: their shapes say so, and the edge stays quiet.
  const isAlarm = worst === 'P1' || worst === 'P2';
  const isCalling = useLive((state) =>
    worst === 'P1' ? flagsOf(state, name).some((flag) => flag.priority === 'P1' && flag.state === 'open') : false,
  );
  return (
    <Link
      to="/streams/$stream"
      params={{ stream: name }}
      className={classNames(styles.tile, isAlarm && styles.abnormal, isCalling && styles.calling)}
      data-tile={name}
      data-worst={worst ?? 'none'}
      tabIndex={isStop ? 0 : -1}
    >
      <span className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.flags} data-live>
          {worst === null
            ? null
            : allPriorities
                .filter((priority) => open[priority] > 0)
                .map((priority) => (
                  <span key={priority} className={styles.count}>
                    <PriorityGlyph priority={priority} />
                    {open[priority]}
                    <span className="visually-hidden"> open</span>
                  </span>
                ))}
        </span>
      </span>
      <TileFigures stream={stream} usual={usual} />
      <span className={styles.foot}>
        <span className={mode === 'supervised' ? undefined : styles.mode}>{mode}</span>
        {isLearning ? <span className={styles.learning}>learning</span> : null}
        <span className={styles.owner}>{owner ?? 'no owner'}</span>
      </span>
    </Link>
  );
});

/** What moves twice a second, kept apart so that nothing else is drawn with it. */
const TileFigures = memo(function TileFigures({
  stream,
  usual,
}: {
  readonly stream: StreamSummary;
  readonly usual: Band | null;
}) {
  const isFrozen = useFrozenAt() !== null;
  const tick = useTick(stream.name) ?? stream.recent.at(-1);
  const isShare = stream.task === 'label' || tick?.confidence != null;
  // To ten seconds: a tile need not draw itself once a second to say that nothing happens.
  const now = useNow(10_000);
  const lastAt = tick !== undefined && tick.perSecond > 0 ? tick.at : stream.lastPredictionAt;
  const idleMs = lastAt === null ? null : Math.max(0, now - Date.parse(lastAt));
  const figures = tick === undefined ? null : shownQuantiles(tick);
  const write = isShare && tick?.confidence != null ? confidenceText : briefText;
  return (
    <span className={classNames(styles.live, idleMs !== null && idleMs > oldAfterMs && styles.old)} data-live>
      <Spark
        stream={stream.name}
        usual={usual}
        threshold={isShare ? stream.flaggedBelow : null}
        isShare={tick?.confidence != null}
        isFrozen={isFrozen}
      />
      <span className={styles.figures}>
        <span>
          <span className="visually-hidden">middle </span>
          <b>{figures === null ? '–' : write(figures.p50)}</b>
          <span className="visually-hidden">, lower tenth </span>
          <span className={styles.low}>{figures === null ? '' : write(figures.p10)}</span>
        </span>
        <span>
          {tick === undefined ? '–' : percentText(tick.flagShare)} <small>flagged</small>
        </span>
        <span className={styles.rate}>
          <TileRate idleMs={idleMs} perSecond={tick?.perSecond ?? 0} />
        </span>
      </span>
      <TileAge />
    </span>
  );
});

/** A rate while predictions come; how long ago the last one came when they do not. */
function TileRate({ idleMs, perSecond }: { readonly idleMs: number | null; readonly perSecond: number }) {
  if (idleMs === null) {
    return <>no predictions</>;
  }
  return <>{idleMs > idleAfterMs ? `idle ${spanOf(idleMs)}` : rateText(perSecond)}</>;
}

/** The age of the figures, written over them while the line is down. */
function TileAge() {
  const ageMs = useOfflineAgeMs();
  return ageMs === null ? null : <span className={styles.age}>stale {wholeSpanOf(ageMs)}</span>;
}
