import { useMutation, useQuery } from '@tanstack/react-query';
import type { PolicySettings, WhatIfRun } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { whatIfQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { ErrorNotice } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { WhatIfReport } from './what-if-report.tsx';
import styles from './what-if.module.css';

interface Props {
  readonly stream: string;
  /** The draft as it stands, saved or not. */
  readonly settings: PolicySettings;
  /** The policy in force. */
  readonly against: PolicySettings;
  readonly onChange: (path: string, value: unknown) => void;
}

const windows = [10_000, 100_000, 1_000_000] as const;
const windowNames = { 10_000: '10,000', 100_000: '100,000', 1_000_000: '1 million' };

/** Replays what the stream has predicted under the draft, so that nobody has to guess what it would do. */
export function WhatIfPanel({ stream, settings, against, onChange }: Props) {
  const [predictions, setPredictions] = useState<(typeof windows)[number]>(100_000);
  const [tried, setTried] = useState<PolicySettings | null>(null);
  const ask = useMutation({
    mutationFn: () => call('askWhatIf', { params: { stream }, body: { settings, against, predictions } }),
    onMutate: () => setTried(settings),
  });
  const id = ask.data?.id;
  const asked = useQuery({ ...whatIfQuery(stream, id ?? ''), enabled: id !== undefined });
  const cancel = useMutation({
    mutationFn: (run: string) => call('cancelWhatIf', { params: { stream, run } }),
    onSettled: () => void asked.refetch(),
  });
  const run = asked.data ?? ask.data;
  const isRunning = ask.isPending || run?.state === 'waiting' || run?.state === 'running';
  return (
    <Panel title="What if" aside="the newest stored predictions, under this draft">
      <div className={styles.ask}>
        <label className={styles.window}>
          Replay
          <select
            value={predictions}
            onChange={(event) => {
              const chosen = windows.find((size) => size === Number(event.target.value));
              if (chosen !== undefined) setPredictions(chosen);
            }}
          >
            {windows.map((size) => (
              <option key={size} value={size}>
                the last {windowNames[size]}
              </option>
            ))}
          </select>
        </label>
        {isRunning ? (
          <Button
            disabled={id === undefined}
            isBusy={cancel.isPending}
            onClick={() => id !== undefined && cancel.mutate(id)}
          >
            Cancel
          </Button>
        ) : (
          <Button onClick={() => ask.mutate()}>Try this draft</Button>
        )}
        <Progress run={isRunning ? run : undefined} />
      </div>
      <div aria-live="polite">
        {ask.isError ? <ErrorNotice error={ask.error} what="Not tried." /> : null}
        {asked.isError ? <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
        {run?.state === 'failed' ? (
          <p className={styles.remark}>It failed: {run.because ?? 'no reason given'}.</p>
        ) : null}
        {run?.state === 'cancelled' ? <p className={styles.remark}>Cancelled.</p> : null}
      </div>
      {run?.result === undefined ? null : (
        <>
          {tried === settings ? null : (
            <p className={styles.remark}>The draft has changed since; these figures are of the one that was tried.</p>
          )}
          <WhatIfReport
            result={run.result}
            threshold={settings.detectors['low-confidence'].threshold}
            onChange={onChange}
          />
        </>
      )}
    </Panel>
  );
}

function Progress({ run }: { readonly run: WhatIfRun | undefined }) {
  if (run === undefined) return null;
  const { replayed, of } = run.progress;
  const words = run.state === 'waiting' ? 'waiting for its turn' : `${replayed.toLocaleString('en')} replayed`;
  return (
    <span className={styles.progress} role="status">
      <progress aria-label="Replay" {...(of === null ? {} : { value: replayed, max: of })} />
      {words}
    </span>
  );
}
