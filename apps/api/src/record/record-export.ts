import { Injectable } from '@nestjs/common';
import type { RecordEntry, ServedEntry } from '@watchfloor/contracts';
import type { SignedIn } from '../platform/http/principal.ts';
import type { Transaction } from '../platform/database/work.ts';
import { Work } from '../platform/database/work.ts';
import { csvHeader, csvOf } from './record-csv.ts';
import type { RecordFilter, RecordSpan, Unseen } from './record-filter.ts';
import { isFiltering } from './record-filter.ts';
import { RecordService } from './record.service.ts';
import type { RecordReading } from './record-store.ts';
import { RecordStore } from './record-store.ts';
import { servedEntry, unseenBy, withheldFrom } from './served-entry.ts';
import type { Withheld } from './withheld.store.ts';
import { WithheldStore } from './withheld.store.ts';

export type ExportFormat = 'csv' | 'jsonl';

export interface ExportRequest {
  /** Entries with a greater number. */
  readonly after: number;
  readonly filter: RecordFilter;
  readonly format: ExportFormat;
  readonly by: SignedIn;
}

/** Entries that are in memory at a time, for one export. */
const pageSize = 1_000;

/** A count over a long record; nothing else waits for it. */
const countTimeoutMs = 120_000;

/** Takes entries out of the house: as of the head at its start, page by page, and itself in the record. */
@Injectable()
export class RecordExport {
  constructor(
    private readonly work: Work,
    private readonly store: RecordStore,
    private readonly withheld: WithheldStore,
    private readonly record: RecordService,
  ) {}

  /**
   * Records the export, then gives its lines. It is recorded before the first line leaves, so that nobody reads on by breaking
   * off.
   */
  async start(request: ExportRequest): Promise<AsyncIterable<string>> {
    const { after, filter, format, by } = request;
    const unseen = isFiltering(filter) ? { kinds: unseenBy(by), withheldFrom: withheldFrom(by) } : {};
    const before = await this.work.run(
      async (tx) => {
        const end = (await this.store.head(tx)) + 1;
        const count = await this.store.count(tx, { span: { after, before: end }, filter, unseen });
        const data = { after, count, format, filter: JSON.stringify(filter) };
        const actor = { kind: 'person', id: by.person.id } as const;
        await this.record.append(tx, [{ kind: 'record-exported', stream: null, flagId: null, actor, data }]);
        return end;
      },
      { statementTimeoutMs: countTimeoutMs },
    );
    return this.lines(request, before, unseen);
  }

  private async *lines({ after, filter, format, by }: ExportRequest, before: number, unseen: Unseen) {
    if (format === 'csv') yield csvHeader;
    for (let last: number | undefined = after; last !== undefined;) {
      const span: RecordSpan = { after: last, before };
      const { entries, withheld } = await this.work.read((tx) =>
        this.page(tx, { span, filter, unseen, limit: pageSize }),
      );
      const served = entries.map((entry) => servedEntry(entry, by, withheld));
      if (served.length > 0) yield format === 'csv' ? csvOf(served) : jsonLinesOf(served);
      last = entries.length === pageSize ? entries.at(-1)?.number : undefined;
    }
  }

  private async page(
    tx: Transaction,
    reading: RecordReading,
  ): Promise<{ entries: readonly RecordEntry[]; withheld: Withheld }> {
    const entries = await this.store.read(tx, reading);
    return {
      entries,
      withheld: await this.withheld.among(
        tx,
        entries.map(({ flagId }) => flagId),
      ),
    };
  }
}

function jsonLinesOf(entries: readonly ServedEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
