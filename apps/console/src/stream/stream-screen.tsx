import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { StreamSummary } from '@watchfloor/contracts';
import { ProblemError } from '../api/problem-error.ts';
import { meQuery, streamQuery } from '../api/queries.ts';
import { useKeys } from '../keys/registry.ts';
import { flagsOf } from '../live/counts.ts';
import { noCounts } from '../live/reduce.ts';
import { shallowEqual, useLive, useRecent, useTick, useTicksOf } from '../live/use-live.ts';
import { Age } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { Empty, ErrorNotice, Loading } from '../parts/faces.tsx';
import { allPriorities, PriorityGlyph } from '../parts/priority-glyph.tsx';
import { useNow } from '../parts/now.ts';
import { useTitle } from '../parts/title.ts';
import { AutonomySwitch } from './autonomy-switch.tsx';
import { NewestPredictions } from './newest-predictions.tsx';
import { OpenFlags } from './open-flags.tsx';
import { PolicyPanel } from '../policy/policy-panel.tsx';
import { allRanges, ranges } from './search.ts';
import type { Range } from './search.ts';
import { StreamCharts } from './stream-charts.tsx';
import styles from './stream-screen.module.css';
import { WhatDiffers } from './what-differs.tsx';

const route = getRouteApi('/shell/streams/$stream');

/** One stream: what it does now and did before, what was flagged, and under which policy. */
export function StreamScreen() {
  const { stream: name } = route.useParams();
  const { range = '15m' } = route.useSearch();
  const navigate = route.useNavigate();
  const stream = useQuery(streamQuery(name));
  useTitle(name);
  useTicksOf([name]);
  useRecent(name, stream.data?.recent);
  const setRange = (next: Range) => void navigate({ search: { range: next }, replace: true });
  const stepRange = (by: 1 | -1) => setRange(allRanges[allRanges.indexOf(range) + by] ?? range);
  useKeys('Stream', [
    { keys: '[', does: 'Shorter range', act: () => stepRange(-1) },
    { keys: ']', does: 'Longer range', act: () => stepRange(1) },
    { keys: 'Escape', does: 'Back to Watch', act: () => void navigate({ to: '/watch' }) },
  ]);
  if (stream.isError) {
    return <Unread error={stream.error} name={name} onRetry={() => void stream.refetch()} />;
  }
  if (stream.data === undefined) {
    return <Loading what={`the stream ${name}`} lines={12} />;
  }
  return (
    <main className={styles.screen}>
      <StreamHead stream={stream.data} />
      <div className={styles.ranges} role="group" aria-label="Range">
        {allRanges.map((each) => (
          <Button key={each} aria-pressed={each === range} onClick={() => setRange(each)}>
            {each}
          </Button>
        ))}
      </div>
      <StreamCharts stream={stream.data} range={range} />
      <div className={styles.lists}>
        <OpenFlags stream={name} />
        <NewestPredictions stream={stream.data} />
      </div>
      <FlaggedDiffer stream={name} range={range} />
      <PolicyPanel
        stream={name}
        aside={
          <Link to="/streams/$stream/policy" params={{ stream: name }} search={{}}>
            Risk, drafts, versions
          </Link>
        }
      />
    </main>
  );
}

/** What the flagged of the range have in common that the rest has not. */
function FlaggedDiffer({ stream, range }: { readonly stream: string; readonly range: Range }) {
  const until = useNow(60_000);
  const from = new Date(Math.floor(until / 60_000) * 60_000 - ranges[range] * 60_000).toISOString();
  return (
    <WhatDiffers stream={stream} query={{ from, of: 'flagged' }} aside={`the flagged of ${range} against the rest`} />
  );
}

function StreamHead({ stream }: { readonly stream: StreamSummary }) {
  const { name, model, owner, isLearning, lastPredictionAt } = stream;
  const [open, autonomy, policyVersion] = useLive((state) => {
    const known = state.streams.get(name);
    return [
      known?.open ?? noCounts,
      known?.autonomy ?? stream.autonomy,
      known?.policyVersion ?? stream.policyVersion,
    ] as const;
  }, shallowEqual);
  const claimed = useLive((state) => flagsOf(state, name).filter((flag) => flag.state === 'claimed').length);
  const maySteer = useQuery(meQuery).data?.permissions.includes('streams.steer') === true;
  return (
    <header className={styles.head}>
      <nav aria-label="Path" className={styles.path}>
        <Link to="/watch">Watch</Link> /
      </nav>
      <h1>{name}</h1>
      <AutonomySwitch stream={name} autonomy={autonomy} mayChange={maySteer} />
      {isLearning ? <span className={styles.tag}>learning what is usual</span> : null}
      <ul className={styles.counts} aria-label="Open flags" data-live>
        {allPriorities
          .filter((priority) => open[priority] > 0)
          .map((priority) => (
            <li key={priority}>
              <PriorityGlyph priority={priority} /> {open[priority]}
            </li>
          ))}
        {claimed === 0 ? null : <li className={styles.dim}>{claimed} claimed</li>}
      </ul>
      <dl className={styles.facts}>
        <div>
          <dt>model</dt>
          <dd>
            {model === null ? 'not named' : `${model.name}${model.version === undefined ? '' : ` ${model.version}`}`}
          </dd>
        </div>
        <div>
          <dt>owner</dt>
          <dd>{owner ?? 'none'}</dd>
        </div>
        <div>
          <dt>policy</dt>
          <dd>{policyVersion}</dd>
        </div>
        <div>
          <dt>last prediction</dt>
          <dd data-live>{lastPredictionAt === null ? 'none' : <LastPrediction stream={stream} />}</dd>
        </div>
      </dl>
    </header>
  );
}

function LastPrediction({ stream }: { readonly stream: StreamSummary }) {
  const tick = useTick(stream.name);
  // A quiet stream still ticks; only a tick with predictions in it is news of one.
  const at = tick !== undefined && tick.perSecond > 0 ? tick.at : stream.lastPredictionAt;
  return at === null ? null : (
    <>
      <Age at={at} /> ago
    </>
  );
}

function Unread({
  error,
  name,
  onRetry,
}: {
  readonly error: Error;
  readonly name: string;
  readonly onRetry: () => void;
}) {
  return (
    <main className={styles.screen}>
      {error instanceof ProblemError && error.status === 404 ? (
        <Empty title={`No stream is called ${name}`}>
          <p>
            A stream begins with its first prediction. <Link to="/watch">Watch</Link> shows those that have.
          </p>
        </Empty>
      ) : (
        <ErrorNotice error={error} what={`The stream ${name} could not be read.`} onRetry={onRetry} />
      )}
    </main>
  );
}
