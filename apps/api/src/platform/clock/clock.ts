import { Injectable } from '@nestjs/common';
import type { Instant } from '@watchfloor/contracts';
import type { Transaction } from '../database/work.ts';

/** The only clock that decides anything: the database's, the same for all instances and still within a transaction. */
@Injectable()
export class Clock {
  private readonly known = new WeakMap<Transaction, Instant>();

  /** The instant at which the transaction began; outside of one, the present. */
  async now(tx: Transaction): Promise<Instant> {
    const known = this.known.get(tx);
    if (known !== undefined) return known;
    const [row] = await tx.query<[{ now: Date }]>('select now() as now');
    return this.tell(tx, row.now);
  }

  /** Spares a question: the transaction has read its `now()` together with something else. */
  tell(tx: Transaction, now: Date): Instant {
    const instant = now.toISOString();
    if (tx.queryRunner?.isTransactionActive === true) this.known.set(tx, instant);
    return instant;
  }
}
