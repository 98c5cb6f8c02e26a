import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultPolicy, type Prediction } from '@watchfloor/contracts';
import { auditKey, saveWatch, startWatch, watchPrediction, type WatchSettings } from '@watchfloor/detection';
import { recordedPredictions } from './predictions.ts';
import type { Row } from './table.ts';
import { quantile } from './table.ts';
import { widePredictions } from './wide-predictions.ts';

const batchSize = 200;
const rounds = 40;

/** What looking at a prediction costs with every detector on, beside reading the same prediction from JSON. */
export async function detectionBench(): Promise<readonly Row[]> {
  const recorded = recordedPredictions();
  const wide = widePredictions(3_000);
  const usual = measure(recorded, settings(true));
  const broad = measure(wide, settings(true));
  const off = measure(recorded, settings(false));
  const parse = measureParse(recorded);
  const many = await manyStreams();
  return [
    {
      what: 'all detectors on, recorded streams, median',
      figure: microseconds(usual.median),
      beside: `want <= 5 us; ${(usual.median / parse).toFixed(1)} x JSON.parse of the same (${microseconds(parse)})`,
    },
    {
      what: 'all detectors on, 95th percentile of batches',
      figure: microseconds(usual.late),
      beside: `all off: ${microseconds(off.median)}`,
    },
    {
      what: '20 numeric features, 4 segments, 2 models, median',
      figure: microseconds(broad.median),
      beside: `${(broad.median / measureParse(wide)).toFixed(1)} x JSON.parse of the same`,
    },
    {
      what: 'largest saved state of a stream',
      figure: `${(Math.max(usual.bytes, broad.bytes) / 1_024).toFixed(1)} KB`,
      beside: 'want <= 32 KB',
    },
    {
      what: '10,000 streams after 300 predictions each',
      figure: `${many.held} MB held`,
      beside: `want <= 400 MB; the process grew by ${many.resident} MB`,
    },
  ];
}

function settings(isOn: boolean): WatchSettings {
  const { version, autonomy, labels, alarms, detectors } = defaultPolicy;
  const all = Object.fromEntries(
    Object.entries(detectors).map(([kind, detector]) => [kind, { ...detector, enabled: isOn }]),
  ) as typeof detectors;
  return {
    streamName: 'bench',
    policyVersion: version,
    autonomy,
    labels,
    alarms,
    detectors: all,
    auditKey: auditKey(new Uint8Array(16)),
    auditPlan: null,
  };
}

/** Microseconds a prediction: the median and the 95th percentile over batches, after a first round for the compiler. */
function measure(predictions: readonly Prediction[], options: WatchSettings) {
  const costs: number[] = [];
  const streams = [...new Set(predictions.map(({ stream }) => stream))];
  const watches = new Map(streams.map((name) => [name, startWatch()]));
  let bytes = 0;
  let position = 0;
  for (let round = 0; round < rounds; round++) {
    for (let from = 0; from + batchSize <= predictions.length; from += batchSize) {
      const batch = predictions.slice(from, from + batchSize).map((prediction) => ({
        watch: watches.get(prediction.stream)!,
        observed: { prediction, position: ++position, receivedAtMs: 1.8e12 + position * 5 },
      }));
      const startMs = performance.now();
      for (const { watch, observed } of batch) {
        watchPrediction(watch, observed, options);
      }
      if (round >= rounds / 4) {
        costs.push(((performance.now() - startMs) * 1_000) / batchSize);
      }
    }
    for (const watch of watches.values()) {
      bytes = Math.max(bytes, saveWatch(watch).length);
    }
  }
  return { median: quantile(costs, 0.5), late: quantile(costs, 0.95), bytes };
}

/** Microseconds to read a prediction from JSON, the median over batches. */
function measureParse(predictions: readonly Prediction[]): number {
  const costs: number[] = [];
  const texts = predictions.map((prediction) => JSON.stringify(prediction));
  let read = 0;
  for (let round = 0; round < rounds; round++) {
    for (let from = 0; from + batchSize <= texts.length; from += batchSize) {
      const batch = texts.slice(from, from + batchSize);
      const startMs = performance.now();
      for (const text of batch) {
        read += (JSON.parse(text) as Prediction).id.length;
      }
      costs.push(((performance.now() - startMs) * 1_000) / batchSize);
    }
  }
  if (read === 0) throw new Error('nothing was read');
  return quantile(costs, 0.5);
}

/** In a process of its own, so that nothing else is counted. */
async function manyStreams(): Promise<{ held: number; resident: number }> {
  const script = fileURLToPath(new URL('many-streams.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script], { timeout: 300_000 });
  return JSON.parse(stdout) as { held: number; resident: number };
}

function microseconds(value: number): string {
  return `${value.toFixed(2)} us`;
}
