import { Controller } from '@nestjs/common';
import type { Minute, Page, StreamSummary } from '@watchfloor/contracts';
import { plusSeconds } from '@watchfloor/contracts';
import { FlagsService } from '../flags/flags.service.ts';
import { viewerOf } from '../flags/viewer.ts';
import { Clock } from '../platform/clock/clock.ts';
import { Work } from '../platform/database/work.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { orRefuse } from '../platform/http/refused.ts';
import { Who } from '../platform/http/who.ts';
import { blindMinute } from './blind-figures.ts';
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
    private readonly flags: FlagsService,
  ) {}

  @Handles('streams')
  async page(@Input() { query }: InputOf<'streams'>, @Who() who: SignedIn): Promise<Page<StreamSummary>> {
    const { limit = defaultLimit, after = '' } = query;
    const rest = this.streams.all().filter(({ name }) => name > after);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    const items = await this.summaries.of(shown, viewerOf(who));
    return { items, ...(rest.length > limit && last !== undefined && { next: last.name }) };
  }

  @Handles('stream')
  async stream(@Input() { params }: InputOf<'stream'>, @Who() who: SignedIn): Promise<StreamSummary | undefined> {
    const [summary] = await this.summaries.of([orRefuse(this.streams.get(params.stream))], viewerOf(who));
    return summary;
  }

  @Handles('minutes')
  async minutes(
    @Input() { params, query }: InputOf<'minutes'>,
    @Who() who: SignedIn,
  ): Promise<{ items: readonly Minute[] }> {
    const { id } = orRefuse(this.streams.get(params.stream));
    return this.work.read(async (tx) => {
      const to = query.to ?? plusSeconds(await this.clock.now(tx), 60);
      const from = query.from ?? plusSeconds(to, -defaultSpanSeconds);
      const items = await this.minuteStore.between(tx, id, { from, to }, maxMinutes);
      const hidden = (await this.flags.hidden(tx, viewerOf(who), [id])).of(id);
      return { items: items.map((minute) => blindMinute(minute, hidden)) };
    });
  }
}
