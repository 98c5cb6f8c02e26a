import { Controller } from '@nestjs/common';
import type { Page, PredictionRow, StoredPrediction } from '@watchfloor/contracts';
import { FlagsService } from '../flags/flags.service.ts';
import { StoredPredictionStore } from '../ingest/lanes/stored-prediction.store.ts';
import { Work } from '../platform/database/work.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import { StreamsService } from './streams.service.ts';

const defaultLimit = 100;

@Controller()
export class PredictionsController {
  constructor(
    private readonly work: Work,
    private readonly streams: StreamsService,
    private readonly stored: StoredPredictionStore,
    private readonly flags: FlagsService,
  ) {}

  @Handles('streamPredictions')
  async page(@Input() { params, query }: InputOf<'streamPredictions'>): Promise<Page<PredictionRow>> {
    const { id } = orRefuse(this.streams.get(params.stream));
    const { limit = defaultLimit, before = null } = query;
    const found = await this.work.read((tx) => this.stored.newest(tx, id, before, limit + 1));
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(found.length > limit && last !== undefined && { next: String(last.position) }) };
  }

  @Handles('prediction')
  async prediction(@Input() { params }: InputOf<'prediction'>): Promise<StoredPrediction> {
    const stream = orRefuse(this.streams.get(params.stream));
    return this.work.read(async (tx) => {
      const found = await this.stored.find(tx, stream.id, params.id);
      if (found === undefined) refuse('not-found', 'there is no such prediction, or it is kept no longer');
      const { flag, verdicts } = await this.flags.ofPrediction(tx, stream.id, found.position);
      const outcome = await this.stored.outcome(tx, stream, params.id);
      return { ...found, signals: [...found.signals], flag, verdicts: [...verdicts], outcome };
    });
  }
}
