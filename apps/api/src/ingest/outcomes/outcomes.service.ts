import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { IngestReport, ItemRejection } from '@watchfloor/contracts';
import { FlagsService } from '../../flags/flags.service.ts';
import { Work, type Transaction } from '../../platform/database/work.ts';
import type { KeyHolder } from '../../platform/http/principal.ts';
import { maySend } from '../../platform/http/principal.ts';
import { refuse } from '../../platform/http/refused.ts';
import { StreamsService } from '../../streams/streams.service.ts';
import { bodyBytes } from '../intake/body-bytes.ts';
import type { KeyedOutcome, OutcomeFate } from './outcome.store.ts';
import { OutcomeStore } from './outcome.store.ts';
import type { ReadOutcome } from './read-outcomes.ts';
import { readOutcomes } from './read-outcomes.ts';

/** Requests read and stored at once; beyond it, senders are told to come again. */
const maxAtOnce = 8;

interface Sorted {
  readonly kept: ReadonlyMap<string, { readonly index: number; readonly keyed: KeyedOutcome }>;
  readonly rejected: ItemRejection[];
  readonly repeated: number;
}

/** Takes in the truth about predictions, when it becomes known. */
@Injectable()
export class OutcomesService {
  private atOnce = 0;

  constructor(
    private readonly work: Work,
    private readonly streams: StreamsService,
    private readonly store: OutcomeStore,
    private readonly flags: FlagsService,
  ) {}

  /** @returns what became of the items, once all that it counts as accepted is committed */
  async take(request: IncomingMessage, holder: KeyHolder): Promise<IngestReport> {
    if (this.atOnce >= maxAtOnce) refuse('too-busy', 'too many outcomes are on their way; send this again later');
    this.atOnce += 1;
    try {
      const { headers } = request;
      const length = Number(headers['content-length'] ?? Number.NaN);
      const bytes = bodyBytes({ raw: request, encoding: headers['content-encoding'], length });
      return await this.save(this.sort(await readOutcomes(headers, bytes), holder));
    } finally {
      this.atOnce -= 1;
    }
  }

  /** Keeps the last word about each prediction, and writes down what cannot be taken. */
  private sort(items: readonly ReadOutcome[], holder: KeyHolder): Sorted {
    const kept = new Map<string, { index: number; keyed: KeyedOutcome }>();
    const rejected: ItemRejection[] = [];
    let repeated = 0;
    for (const [index, item] of items.entries()) {
      if ('reason' in item) {
        rejected.push({ index, ...item });
        continue;
      }
      const { stream: name, id } = item.outcome;
      const stream = this.streams.find(name);
      if (!maySend(holder, name)) {
        rejected.push({ index, pointer: '/stream', reason: 'this ingest key may not send to this stream' });
      } else if (stream === undefined) {
        rejected.push({ index, pointer: '/stream', reason: 'there is no such stream' });
      } else {
        const key = `${stream.id} ${id}`;
        if (kept.delete(key)) repeated += 1;
        kept.set(key, { index, keyed: { streamId: stream.id, outcome: item.outcome } });
      }
    }
    return { kept, rejected, repeated };
  }

  /** Stores truth with what follows from it for the audits. */
  private async keep(tx: Transaction, keyed: readonly KeyedOutcome[]): Promise<OutcomeFate[]> {
    const fates = await this.store.save(tx, keyed);
    const stored = keyed.filter((_, index) => fates[index] === 'stored');
    await this.flags.truthCame(
      tx,
      stored.map(({ streamId, outcome: { id, label, value } }) => ({ streamId, id, label, value })),
    );
    return fates;
  }

  private async save({ kept, rejected, repeated }: Sorted): Promise<IngestReport> {
    const items = [...kept.values()];
    const keyed = items.map((item) => item.keyed);
    const fates = items.length === 0 ? [] : await this.work.run((tx) => this.keep(tx, keyed));
    let accepted = 0;
    let duplicates = repeated;
    for (const [at, fate] of fates.entries()) {
      if (fate === 'stored') accepted += 1;
      else if (fate === 'same') duplicates += 1;
      else rejected.push({ index: items[at]?.index ?? 0, pointer: '/id', reason: 'there is no such prediction' });
    }
    return { accepted, duplicates, rejected: rejected.sort((a, b) => a.index - b.index) };
  }
}
