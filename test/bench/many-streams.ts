import { defaultPolicy } from '@watchfloor/contracts';
import { auditKey, startWatch, watchPrediction, type StreamWatch } from '@watchfloor/detection';
import { recordedPredictions } from './predictions.ts';

const streams = 10_000;
const perStream = 300;
const megabyte = 1_024 * 1_024;

const { version, autonomy, labels, alarms, detectors } = defaultPolicy;
const settings = {
  streamName: 'bench',
  policyVersion: version,
  autonomy,
  labels,
  alarms,
  detectors,
  auditKey: auditKey(new Uint8Array(16)),
  auditPlan: null,
};
const recorded = [...Map.groupBy(recordedPredictions(), ({ stream }) => stream).values()];
const collect = globalThis.gc ?? (() => undefined);

collect();
const before = process.memoryUsage();
const watches: StreamWatch[] = [];
for (let stream = 0; stream < streams; stream++) {
  const watch = startWatch();
  const predictions = recorded[stream % recorded.length]!;
  for (let index = 0; index < perStream; index++) {
    const prediction = predictions[(stream * 37 + index) % predictions.length]!;
    watchPrediction(watch, { prediction, position: index + 1, receivedAtMs: 1.8e12 + index * 500 }, settings);
  }
  watches.push(watch);
}
collect();
const after = process.memoryUsage();
if (watches.length !== streams) throw new Error('not all streams are held');
process.stdout.write(
  JSON.stringify({
    held: Math.round((held(after) - held(before)) / megabyte),
    resident: Math.round((after.rss - before.rss) / megabyte),
  }),
);

function held({ heapUsed, arrayBuffers }: NodeJS.MemoryUsage): number {
  return heapUsed + arrayBuffers;
}
