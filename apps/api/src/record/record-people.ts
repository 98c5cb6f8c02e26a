import { Injectable } from '@nestjs/common';
import type { RecordPerson } from '@watchfloor/contracts';
import { Work } from '../platform/database/work.ts';
import type { Reader } from './served-entry.ts';
import { unseenBy } from './served-entry.ts';

/** People in the record. */
@Injectable()
export class RecordPeople {
  constructor(private readonly work: Work) {}

  /**
   * Those who did something that `reader` may see, by name, then id.
   *
   * @param after the last person of the page before
   */
  async page(reader: Reader, after: RecordPerson | undefined, limit: number): Promise<RecordPerson[]> {
    return this.work.read((tx) =>
      tx.query<RecordPerson[]>(
        `select id, name from person
         where ($1::text is null or (lower(name), id) > (lower($1), $2::uuid))
           and exists (select from record_number n where n.person_id = person.id and n.kind <> all ($3::text[]))
         order by lower(name), id limit $4`,
        [after?.name ?? null, after?.id ?? null, unseenBy(reader), limit],
      ),
    );
  }
}
