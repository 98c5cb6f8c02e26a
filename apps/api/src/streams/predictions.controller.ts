import { Controller } from '@nestjs/common';
import type { Page, PredictionRow, StoredPrediction } from '@watchfloor/contracts';
import { blindPrediction } from '../flags/blind-flag.ts';
import { FlagsService } from '../flags/flags.service.ts';
import { viewerOf } from '../flags/viewer.ts';
import { StoredPredictionStore } from '../ingest/lanes/stored-prediction.store.ts';
import { Work } from '../platform/database/work.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import { Who } from '../platform/http/who.ts';
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
  async page(
    @Input() { params, query }: InputOf<'streamPredictions'>,
    @Who() who: SignedIn,
  ): Promise<Page<PredictionRow>> {
    const { id } = orRefuse(this.streams.get(params.stream));
    const { limit = defaultLimit, before = null } = query;
    const { found, hidden } = await this.work.read(async (tx) => {
      const newest = await this.stored.newest(tx, id, before, limit + 1);
      return { found: newest, hidden: await this.flags.hidden(tx, viewerOf(who), [id]) };
    });
    const items = found.slice(0, limit).map((row) => (hidden.has(id, row.position) ? blindRow(row) : row));
    const last = items.at(-1);
    return { items, ...(found.length > limit && last !== undefined && { next: String(last.position) }) };
  }

  @Handles('prediction')
  async prediction(@Input() { params }: InputOf<'prediction'>, @Who() who: SignedIn): Promise<StoredPrediction> {
    const stream = orRefuse(this.streams.get(params.stream));
    return this.work.read(async (tx) => {
      const found = await this.stored.find(tx, stream.id, params.id);
      if (found === undefined) refuse('not-found', 'there is no such prediction, or it is kept no longer');
      const outcome = await this.stored.outcome(tx, stream, params.id);
      const { flag, verdicts, audit, isBlind } = await this.flags.ofPrediction(
        tx,
        stream.id,
        found.position,
        viewerOf(who),
      );
      const stored = { ...found, flag, ...(audit !== null && { audit }) };
      return isBlind
        ? {
            ...stored,
            prediction: blindPrediction(found.prediction),
            signals: [],
            verdicts: [],
            outcome: null,
            isBlind,
          }
        : { ...stored, signals: [...found.signals], verdicts: [...verdicts], outcome };
    });
  }
}

/** A row without what the model said. */
function blindRow({ id, position, receivedAt, isFlagged }: PredictionRow): PredictionRow {
  return { id, position, receivedAt, isFlagged, isBlind: true };
}
