import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { StreamSummary } from '@watchfloor/contracts';
import { memo, useMemo } from 'react';
import { usualQuery } from '../api/queries.ts';
import { flagsOf, worstOf } from '../live/counts.ts';
import { noCounts } from '../live/reduce.ts';
import { shownQuantiles } from '../live/rings.ts';
import { useFrozenAt, useLive, useOfflineAgeMs, useTick } from '../live/use-live.ts';
import { Age } from '../parts/age.tsx';
import { classNames } from '../parts/class-names.ts';
import { allPriorities, PriorityGlyph } from '../parts/priority-glyph.tsx';
import { Spark } from '../parts/spark.tsx';
import type { Band } from '../parts/spark.tsx';
import { spanOf } from '../parts/time.ts';
import { confidenceText, percentText, rateText, valueText } from '../parts/figures.ts';
import { usualBand } from './normal.ts';
import styles from './tile.module.css';

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
  const isCalling = useLive((state) =>
    worst === 'P1' ? flagsOf(state, name).some((flag) => flag.priority === 'P1' && flag.state === 'open') : false,
  );
  return (
    <Link
      to="/streams/$stream"
      params={{ stream: name }}
      className={classNames(styles.tile, worst !== null && styles.abnormal, isCalling && styles.calling)}
      data-tile={name}
      data-worst={worst ?? 'none'}
      tabIndex={isStop ? 0 : -1}
    >
      <span className={styles.head}>
        <span className={styles.name}>{name}</span>
        <span className={styles.flags}>
          {worst === null
            ? null
            : allPriorities
                .filter((priority) => open[priority] > 0)
                .map((priority) => (
                  <span key={priority} className={styles.count}>
                    <PriorityGlyph priority={priority} isCalling={isCalling && priority === 'P1'} />
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
  const figures = tick === undefined ? null : shownQuantiles(tick);
  const write = isShare && tick?.confidence != null ? confidenceText : valueText;
  return (
    <span className={styles.live} data-live>
      <Spark
        stream={stream.name}
        usual={usual}
        threshold={isShare ? stream.flaggedBelow : null}
        isShare={tick?.confidence != null}
        isFrozen={isFrozen}
      />
      <span className={styles.figures}>
        <span>
          <b>{figures === null ? '–' : write(figures.p50)}</b>
          <small>p50</small>
        </span>
        <span>
          {figures === null ? '–' : write(figures.p10)}
          <small>p10</small>
        </span>
        <span>
          {tick === undefined ? '–' : percentText(tick.flagShare)}
          <small>flagged</small>
        </span>
        <span className={styles.rate}>
          <TileRate lastAt={tick?.at ?? stream.lastPredictionAt} perSecond={tick?.perSecond ?? 0} />
        </span>
      </span>
      <TileAge />
    </span>
  );
});

/** A rate while predictions come; how long ago the last one came when they do not. */
function TileRate({ lastAt, perSecond }: { readonly lastAt: string | null; readonly perSecond: number }) {
  if (lastAt === null) {
    return <>no predictions</>;
  }
  return perSecond > 0 ? (
    <>{rateText(perSecond)}</>
  ) : (
    <>
      idle <Age at={lastAt} />
    </>
  );
}

/** The age of the figures, written over them while the line is down. */
function TileAge() {
  const ageMs = useOfflineAgeMs();
  return ageMs === null ? null : <span className={styles.age}>stale {spanOf(ageMs)}</span>;
}
