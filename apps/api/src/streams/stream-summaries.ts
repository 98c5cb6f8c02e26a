import { Injectable } from '@nestjs/common';
import type { StreamSummary } from '@watchfloor/contracts';
import { instantOf } from '@watchfloor/contracts';
import { FlagsService } from '../flags/flags.service.ts';
import { LanesService } from '../ingest/lanes/lanes.service.ts';
import type { RegisteredStream } from './registered-stream.ts';
import { TickSource } from './tick-source.ts';

/** What is shown of streams: from memory, but for one query that counts the open flags of all. */
@Injectable()
export class StreamSummaries {
  constructor(
    private readonly lanes: LanesService,
    private readonly flags: FlagsService,
    private readonly ticks: TickSource,
  ) {}

  async of(streams: readonly RegisteredStream[]): Promise<StreamSummary[]> {
    const openCounts = await this.flags.openCounts();
    return streams.map((stream) => this.summary(stream, { ...openCounts(stream.id) }));
  }

  private summary(stream: RegisteredStream, openFlags: StreamSummary['openFlags']): StreamSummary {
    const { name, registeredAt, task, model, policy } = stream;
    const figures = this.lanes.figuresOf(name);
    const place = this.lanes.placeOf(name);
    return {
      name,
      registeredAt,
      task,
      model,
      autonomy: policy.autonomy,
      owner: policy.owner,
      policyVersion: policy.version,
      lastPredictionAt: place === undefined || place.position === 0 ? null : instantOf(place.receivedAtMs),
      isLearning: figures?.isLearning ?? true,
      openFlags,
      flaggedBelow: figures?.flaggedBelow ?? null,
      recent: [...this.ticks.recent(name)],
    };
  }
}
