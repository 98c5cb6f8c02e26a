import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/work.ts';

/** How duties stood when the server last started. */
@Injectable()
export class DutiesStore {
  /** @returns whether this differs from the last start, or nothing was known */
  async set(tx: Transaction, separation: boolean): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into duties as d (separation, set_at) values ($1, now())
       on conflict (is_only) do update set separation = excluded.separation, set_at = now()
         where d.separation <> excluded.separation
       returning separation`,
      [separation],
    );
    return rows.length > 0;
  }
}
