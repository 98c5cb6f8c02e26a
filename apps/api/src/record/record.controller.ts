import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import type { Page, RecordPage, RecordPerson, ServedEntry } from '@watchfloor/contracts';
import { recordPersonSchema } from '@watchfloor/contracts';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import { Who } from '../platform/http/who.ts';
import { RecordExport } from './record-export.ts';
import { filterOf } from './record-filter.ts';
import { RecordPeople } from './record-people.ts';
import { RecordService } from './record.service.ts';

const defaultLimit = 200;

const contentTypes = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/jsonl' } as const;

@Controller()
export class RecordController {
  constructor(
    private readonly record: RecordService,
    private readonly exports: RecordExport,
    private readonly people: RecordPeople,
  ) {}

  /** From the first entry upwards where neither `after` nor `before` is given. */
  @Handles('record')
  async page(@Input() { query }: InputOf<'record'>, @Who() reader: SignedIn): Promise<RecordPage> {
    const { after, before, limit = defaultLimit, ...conditions } = query;
    if (after !== undefined && before !== undefined) refuse('malformed', 'after and before do not go together');
    const span = before === undefined ? { after: after ?? 0 } : { before };
    return this.record.page({ span, filter: orRefuse(filterOf(conditions)), limit, reader });
  }

  @Handles('recordPeople')
  async actors(@Input() { query }: InputOf<'recordPeople'>, @Who() reader: SignedIn): Promise<Page<RecordPerson>> {
    const { limit = defaultLimit } = query;
    const after = query.after === undefined ? undefined : readCursor(recordPersonSchema, query.after);
    const found = await this.people.page(reader, after, limit + 1);
    const items = found.slice(0, limit);
    return { items, ...(found.length > limit && { next: writeCursor(items.at(-1)) }) };
  }

  @Handles('recordEntry')
  async entry(@Input() { params }: InputOf<'recordEntry'>, @Who() reader: SignedIn): Promise<ServedEntry> {
    return orRefuse(await this.record.entry(params.number, reader));
  }

  @Handles('recordExport')
  async export(@Input() { body }: InputOf<'recordExport'>, @Who() by: SignedIn): Promise<StreamableFile> {
    const { after = 0, format, ...conditions } = body;
    const lines = await this.exports.start({ after, format, by, filter: orRefuse(filterOf(conditions)) });
    return new StreamableFile(Readable.from(lines, { objectMode: false, highWaterMark: 64 * 1024 }), {
      type: contentTypes[format],
      disposition: `attachment; filename="watchfloor-record.${format}"`,
    });
  }
}
