import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/work.ts';

/** Flags whose entries are withheld just now from those who may decide, each with the people who may read them all the same. */
export type Withheld = ReadonlyMap<string, ReadonlySet<string>>;

/** Which flags a second look is taken at: what others said of them is withheld from whoever could take it. */
@Injectable()
export class WithheldStore {
  async add(tx: Transaction, flagId: string, seenBy: readonly string[]): Promise<void> {
    await tx.query(
      `insert into record_withheld (flag_id, seen_by) values ($1, $2)
       on conflict (flag_id) do update set seen_by = excluded.seen_by`,
      [flagId, seenBy],
    );
  }

  async remove(tx: Transaction, flagIds: readonly string[]): Promise<void> {
    await tx.query('delete from record_withheld where flag_id = any ($1)', [flagIds]);
  }

  /** Those of these flags that are withheld from somebody; ask after the entries were read. */
  async among(tx: Transaction, flagIds: Iterable<string | null>): Promise<Withheld> {
    const asked = [...new Set(flagIds)].filter((id) => id !== null);
    if (asked.length === 0) return new Map();
    const rows = await tx.query<{ flag_id: string; seen_by: string[] }[]>(
      'select flag_id, seen_by from record_withheld where flag_id = any ($1)',
      [asked],
    );
    return new Map(rows.map(({ flag_id: id, seen_by: seenBy }) => [id, new Set(seenBy)]));
  }
}
