import { Controller } from '@nestjs/common';
import type { Minute, Page, StreamSummary } from '@watchfloor/contracts';
import { plusSeconds } from '@watchfloor/contracts';
import { Clock } from '../platform/clock/clock.ts';
import { Work } from '../platform/database/work.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import { orRefuse } from '../platform/http/refused.ts';
import { MinuteStore } from './minute-store.ts';
import { StreamSummaries } from './stream-summaries.ts';
import { StreamsService } from './streams.service.ts';

const defaultLimit = 200;
const maxMinutes = 1_500;
const defaultSpanSeconds = 6 * 3_600;

@Controller()
export class StreamsController {
  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly streams: StreamsService,
    private readonly summaries: StreamSummaries,
    private readonly minuteStore: MinuteStore,
  ) {}

  @Handles('streams')
  async page(@Input() { query }: InputOf<'streams'>): Promise<Page<StreamSummary>> {
    const { limit = defaultLimit, after = '' } = query;
    const rest = this.streams.all().filter(({ name }) => name > after);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    const items = await this.summaries.of(shown);
    return { items, ...(rest.length > limit && last !== undefined && { next: last.name }) };
  }

  @Handles('stream')
  async stream(@Input() { params }: InputOf<'stream'>): Promise<StreamSummary | undefined> {
    const [summary] = await this.summaries.of([orRefuse(this.streams.get(params.stream))]);
    return summary;
  }

  @Handles('minutes')
  async minutes(@Input() { params, query }: InputOf<'minutes'>): Promise<{ items: readonly Minute[] }> {
    const { id } = orRefuse(this.streams.get(params.stream));
    return this.work.read(async (tx) => {
      const to = query.to ?? plusSeconds(await this.clock.now(tx), 60);
      const from = query.from ?? plusSeconds(to, -defaultSpanSeconds);
      return { items: await this.minuteStore.between(tx, id, { from, to }, maxMinutes) };
    });
  }
}
