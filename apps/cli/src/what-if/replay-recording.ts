import type { PolicySettings, WhatIfResult } from '@watchfloor/contracts';
import type { KnownTruth, WatchSettings } from '@watchfloor/detection';
import { auditKey, replay, startWhatIf, whatIfResult } from '@watchfloor/detection';
import { adjudicate } from '@watchfloor/risk';
import type { RecordedPrediction } from '../replay/recording.ts';

/** What is held against what. */
export interface RecordingQuestion {
  readonly settings: PolicySettings;
  readonly against: PolicySettings;
  /** People who share the flags. */
  readonly reviewers: number;
  /** When the recording began, milliseconds since 1970. */
  readonly startMs: number;
  /** Called after each prediction. */
  readonly onRow: () => void;
}

/**
 * What two policies make of a recording, by the server's own fold. The truth of a row, where there is one, counts as an audit
 * that was sure to be drawn. There is no audit sample: its draws are a secret of the server.
 */
export async function replayRecording(
  rows: AsyncIterable<RecordedPrediction>,
  { settings, against, reviewers, startMs, onRow }: RecordingQuestion,
): Promise<WhatIfResult> {
  const whatIf = startWhatIf(watchSettings(settings), { kind: 'policy', settings: watchSettings(against) });
  let position = 0;
  for await (const row of rows) {
    position += 1;
    const receivedAtMs = startMs + Math.round(row.offsetSeconds * 1_000);
    const observed = { prediction: row.prediction, position, receivedAtMs };
    replay(whatIf, { observed, storedKinds: [], known: knownOf(row) });
    onRow();
  }
  return whatIfResult(whatIf, reviewers);
}

function knownOf({ prediction, truth }: RecordedPrediction): KnownTruth {
  const model = prediction.label ?? prediction.value;
  const said = truth?.label ?? truth?.value;
  if (model === undefined || said === undefined) return { audit: null, outcomeIsError: null };
  const adjudged = adjudicate({ model, outcome: said });
  const isError = adjudged.state === 'settled' && adjudged.isError;
  return { audit: { probability: 1, isError }, outcomeIsError: isError };
}

function watchSettings({ autonomy, labels, alarms, detectors }: PolicySettings): WatchSettings {
  return {
    streamName: 'recording',
    policyVersion: 1,
    autonomy,
    labels,
    alarms,
    detectors: { ...detectors, 'audit-sample': { enabled: false, probability: 0 } },
    auditKey: auditKey(new Uint8Array(16)),
    auditPlan: null,
  };
}
