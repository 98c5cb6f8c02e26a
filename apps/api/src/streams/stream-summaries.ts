import { Injectable } from '@nestjs/common';
import type { StreamSummary } from '@watchfloor/contracts';
import { instantOf } from '@watchfloor/contracts';
import { FlagsService } from '../flags/flags.service.ts';
import type { Viewer } from '../flags/viewer.ts';
import { LanesService } from '../ingest/lanes/lanes.service.ts';
import { Work } from '../platform/database/work.ts';
import { blindTick } from './blind-figures.ts';
import type { RegisteredStream } from './registered-stream.ts';
import { TickSource } from './tick-source.ts';

/** What is shown of streams: from memory, but for one query that counts the open flags of all. */
@Injectable()
export class StreamSummaries {
  constructor(
    private readonly work: Work,
    private readonly lanes: LanesService,
    private readonly flags: FlagsService,
    private readonly ticks: TickSource,
  ) {}

  /** As a viewer may see them: where a second look is open that they could take, figures made of its prediction are left out. */
  async of(streams: readonly RegisteredStream[], viewer: Viewer): Promise<StreamSummary[]> {
    const openCounts = await this.flags.openCounts();
    const summaries = streams.map((stream) => this.summary(stream, { ...openCounts(stream.id) }));
    const ids = streams.map(({ id }) => id);
    const hidden = await this.work.read((tx) => this.flags.hidden(tx, viewer, ids));
    return summaries.map((summary, index) => {
      const places = hidden.of(ids[index] ?? 0);
      return places.length === 0
        ? summary
        : { ...summary, recent: summary.recent.map((tick) => blindTick(tick, places)) };
    });
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
