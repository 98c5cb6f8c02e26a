import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { prepared } from '../../platform/database/work.ts';

/** Thrown in a turn of a lane that another process has taken over. */
export class LaneLost extends Error {}

/** The right to write as the owner of a lane. */
export interface LaneTenure {
  readonly lane: number;
  readonly epoch: number;
}

const readEpochs = {
  name: 'read epochs',
  text: 'select lane, epoch, now() as now from lane where lane = any($1) order by lane for share',
};

/** Fences lanes off: a turn commits only while nobody has taken its lane over. */
@Injectable()
export class LaneOwnership {
  constructor(private readonly clock: Clock) {}

  /** Begins a tenure, after the last turn of any earlier one has ended; none of those can commit from then on. */
  async begin(tx: Transaction, lane: number): Promise<LaneTenure> {
    const [row] = await tx.query<[{ epoch: string }]>(
      `insert into lane (lane, epoch) values ($1, 1)
       on conflict (lane) do update set epoch = lane.epoch + 1 returning epoch`,
      [lane],
    );
    return { lane, epoch: Number(row.epoch) };
  }

  /**
   * Opens a turn: its transaction keeps others from taking these lanes over until it ends.
   *
   * @returns the database's present, milliseconds since 1970
   * @throws LaneLost when somebody has taken one of them over already
   */
  async openTurn(tx: Transaction, tenures: readonly LaneTenure[]): Promise<number> {
    const rows = await prepared<{ lane: number; epoch: string; now: Date }>(tx, readEpochs, [
      tenures.map(({ lane }) => lane),
    ]);
    for (const { lane, epoch } of tenures) {
      if (Number(rows.find((row) => row.lane === lane)?.epoch) !== epoch)
        throw new LaneLost(`lane ${lane} was taken over`);
    }
    const now = rows[0]?.now ?? new Date(Number.NaN);
    this.clock.tell(tx, now);
    return now.getTime();
  }
}
