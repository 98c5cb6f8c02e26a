import { Injectable } from '@nestjs/common';
import type { Instant } from '@watchfloor/contracts';
import type { Transaction } from '../database/work.ts';

/** The only clock that decides anything: the database's, the same for all instances and still within a transaction. */
@Injectable()
export class Clock {
  /** The instant at which the transaction began. */
  async now(tx: Transaction): Promise<Instant> {
    const [row] = await tx.query<[{ now: Date }]>('select now() as now');
    return row.now.toISOString();
  }
}
