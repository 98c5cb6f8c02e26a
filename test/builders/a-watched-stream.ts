import { defaultPolicy } from '@watchfloor/contracts';
import { startWatch } from '@watchfloor/detection';
import { WatchedStream } from '../../apps/api/src/ingest/lanes/watched-stream.ts';
import { StreamRisk } from '../../apps/api/src/risk/stream-risk.ts';
import { specKey } from './a-stream.ts';
import type { RegisteredStream } from '../../apps/api/src/streams/registered-stream.ts';

/** A stream of labels under the default policy. */
export function aRegisteredStream(given: Partial<RegisteredStream> = {}): RegisteredStream {
  return {
    id: 1,
    name: 'toxicity',
    task: 'label',
    model: null,
    registeredAt: '2026-11-22T06:00:00.000Z',
    policy: defaultPolicy,
    ...given,
  };
}

/** A stream in the memory of a lane. Default: before its first prediction. */
export function aWatchedStream({
  position = 0,
  receivedAtMs = 0,
  ...given
}: Partial<RegisteredStream> & { position?: number; receivedAtMs?: number } = {}): WatchedStream {
  const stream = aRegisteredStream(given);
  return new WatchedStream(stream, startWatch(), StreamRisk.start(stream.policy), { position, receivedAtMs }, specKey);
}
