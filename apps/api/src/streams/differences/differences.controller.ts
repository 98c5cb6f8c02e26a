import { Controller } from '@nestjs/common';
import type { Differences } from '@watchfloor/contracts';
import { whatDiffers } from '@watchfloor/detection';
import { Clock } from '../../platform/clock/clock.ts';
import { Work } from '../../platform/database/work.ts';
import { Handles } from '../../platform/http/handles.ts';
import type { InputOf } from '../../platform/http/input.ts';
import { Input } from '../../platform/http/input.ts';
import { orRefuse } from '../../platform/http/refused.ts';
import { StreamsService } from '../streams.service.ts';
import type { DescribedRow } from './described.store.ts';
import { DescribedStore } from './described.store.ts';

/** Of a longer window the newest are compared: so many tell a difference of a few hundredths. */
const mostInWindow = 2_000;
const mostInBaseline = 4_000;
const mostServed = 20;
const timeoutMs = 5_000;

/** Which features and segments set a window, or the flagged in it, apart. */
@Controller()
export class DifferencesController {
  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly streams: StreamsService,
    private readonly described: DescribedStore,
  ) {}

  @Handles('differs')
  async differs(@Input() { params, query }: InputOf<'differs'>): Promise<Differences> {
    const { id } = orRefuse(this.streams.get(params.stream));
    const { from, of: group = 'window' } = query;
    const [window, baseline] = await this.work.run(
      async (tx): Promise<[DescribedRow[], DescribedRow[]]> => {
        const to = query.to ?? (await this.clock.now(tx));
        const found = await this.described.between(
          tx,
          id,
          { from, to },
          group === 'flagged' ? mostInBaseline : mostInWindow,
        );
        if (group === 'flagged') {
          return [found.filter(({ isFlagged }) => isFlagged), found.filter(({ isFlagged }) => !isFlagged)];
        }
        const first = found.at(-1);
        if (first === undefined) return [[], []];
        return [found, await this.described.before(tx, id, { position: first.position, from }, mostInBaseline)];
      },
      { statementTimeoutMs: timeoutMs },
    );
    const items = whatDiffers(window, baseline).slice(0, mostServed);
    return { window: window.length, baseline: baseline.length, items };
  }
}
