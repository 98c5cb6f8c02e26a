import { Injectable } from '@nestjs/common';
import { isRefusal, type Instant } from '@watchfloor/contracts';
import { expire, lapse, wake, type FlagLife } from '@watchfloor/flags';
import type { Transaction } from '../platform/database/work.ts';
import type { EntryDraft } from '../record/entry-draft.ts';
import { RecordService } from '../record/record.service.ts';
import { entryOf, flagsActor } from './flag-entries.ts';
import { FlagStore } from './flag.store.ts';
import type { KeptFlag } from './kept-flag.ts';
import { QueueStore } from './queue.store.ts';

/** So many flags come back, or lapse, in one transaction. */
export const returnsAtOnce = 100;

/** What happens to flags by themselves: claims run out, snoozes end, and what is never answered lapses. */
@Injectable()
export class FlagReturns {
  constructor(
    private readonly flags: FlagStore,
    private readonly queue: QueueStore,
    private readonly record: RecordService,
  ) {}

  /**
   * Brings flags back to the queue whose claim has run out or whose snooze is over.
   *
   * @returns how many; {@link returnsAtOnce} means that there may be more
   */
  async comeBack(tx: Transaction): Promise<number> {
    const ids = await this.queue.lockReturning(tx, returnsAtOnce);
    return this.change(
      tx,
      ids,
      (life, now) => (life.stage.state === 'claimed' ? expire(life, now) : wake(life, now)),
      (kept, { version }) =>
        kept.life.stage.state === 'claimed'
          ? this.expiredEntry(kept, version)
          : entryOf('flag-woken', kept, flagsActor, { version }),
    );
  }

  /** Lets unanswered flags on predictions lapse that were accepted before an instant. @returns how many, as {@link comeBack} */
  async lapseOutlived(tx: Transaction, streamId: number, before: Instant, action: string): Promise<number> {
    const ids = await this.queue.lockOutlived(tx, streamId, before, returnsAtOnce);
    return this.change(
      tx,
      ids,
      (life, now) => lapse(life, action, now),
      (kept, { version }) => entryOf('flag-lapsed', kept, flagsActor, { version, action }),
    );
  }

  /** The entry for a claim that has run out. */
  expiredEntry(kept: KeptFlag, version: number): EntryDraft {
    const { stage } = kept.life;
    if (stage.state !== 'claimed') {
      throw new Error('only a claim expires');
    }
    return entryOf('claim-expired', kept, flagsActor, { version, heldBy: stage.claim.by.id });
  }

  private async change(
    tx: Transaction,
    ids: readonly string[],
    rule: (life: FlagLife, now: Instant) => ReturnType<typeof expire>,
    tell: (before: KeptFlag, after: FlagLife) => EntryDraft,
  ): Promise<number> {
    if (ids.length === 0) {
      return 0;
    }
    const changed = (await this.flags.load(tx, ids)).flatMap((before) => {
      const after = rule(before.life, before.readAt);
      return isRefusal(after) ? [] : [{ before, after }];
    });
    await this.flags.save(
      tx,
      changed.map(({ after }) => after),
    );
    await this.record.append(
      tx,
      changed.map(({ before, after }) => tell(before, after)),
    );
    return ids.length;
  }
}
