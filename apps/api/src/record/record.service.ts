import { Injectable } from '@nestjs/common';
import type { EntryKind, RecordEntry, RecordPage, Refusal, ServedEntry } from '@watchfloor/contracts';
import type { Observable } from 'rxjs';
import { Clock } from '../platform/clock/clock.ts';
import type { Transaction } from '../platform/database/work.ts';
import { afterCommit, Work } from '../platform/database/work.ts';
import type { EntryDraft } from './entry-draft.ts';
import type { RecordFilter, RecordSpan } from './record-filter.ts';
import { isFiltering } from './record-filter.ts';
import { RecordFollower } from './record-follower.ts';
import { RecordSequencer } from './record-sequencer.ts';
import { RecordStore } from './record-store.ts';
import { sealEntry } from './seal-entry.ts';
import type { Reader } from './served-entry.ts';
import { servedEntry, unseenBy, withheldFrom } from './served-entry.ts';
import type { Withheld } from './withheld.store.ts';
import { WithheldStore } from './withheld.store.ts';

export interface RecordPageRequest {
  readonly span: RecordSpan;
  readonly filter: RecordFilter;
  /** At most 1,000. */
  readonly limit: number;
  readonly reader: Reader;
}

/** The one history of all that people and the system did. */
@Injectable()
export class RecordService {
  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly store: RecordStore,
    private readonly withheld: WithheldStore,
    private readonly sequencer: RecordSequencer,
    private readonly follower: RecordFollower,
  ) {}

  /**
   * Writes down what the transaction does, as part of it: with its commit the entries are in the record, in this order, and
   * moments later they have their numbers. Append after the rows in question are locked, so that the record tells one flag's
   * story in the order in which it happened.
   */
  async append(tx: Transaction, drafts: readonly EntryDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    const at = await this.clock.now(tx);
    await this.store.insert(
      tx,
      drafts.map((draft) => sealEntry(draft, at)),
      at,
    );
    afterCommit(tx, () => this.sequencer.nudge());
  }

  /**
   * Withholds all entries about a flag, earlier ones too, from everybody who may decide, save those named; until
   * {@link disclose}. To others they arrive as their bare numbers, and no filter finds them.
   */
  async withhold(tx: Transaction, flagId: string, seenBy: readonly string[]): Promise<void> {
    await this.withheld.add(tx, flagId, seenBy);
  }

  async disclose(tx: Transaction, flagIds: readonly string[]): Promise<void> {
    await this.withheld.remove(tx, flagIds);
  }

  /** What of these entries is withheld from somebody just now. */
  async withheldOf(entries: readonly RecordEntry[]): Promise<Withheld> {
    return this.work.read((tx) => this.withheldAmong(tx, entries));
  }

  /** Numbered entries as they come, in the order of their numbers, without a gap; on every instance. */
  get numbered(): Observable<readonly RecordEntry[]> {
    return this.follower.numbered;
  }

  /** The highest number that this instance has seen; every entry up to it can be read. */
  get head(): number {
    return this.follower.head;
  }

  /** How long ago this instance last saw the end of the record, in milliseconds. */
  get staleMs(): number {
    return this.follower.staleMs;
  }

  /** A page of the record as `reader` may see it. */
  async page({ span, filter, limit, reader }: RecordPageRequest): Promise<RecordPage> {
    return this.work.read(async (tx) => {
      const head = await this.store.head(tx);
      const unseen = isFiltering(filter) ? { kinds: unseenBy(reader), withheldFrom: withheldFrom(reader) } : {};
      const entries = await this.store.read(tx, { span, filter, unseen, limit: limit + 1 });
      const withheld = await this.withheldAmong(tx, entries);
      const items = entries.slice(0, limit).map((entry) => servedEntry(entry, reader, withheld));
      const numbers = items.map(({ number }) => number);
      return {
        items,
        head: Math.max(head, ...numbers),
        ...(entries.length > limit && { next: String(numbers.at(-1)) }),
      };
    });
  }

  /**
   * Entries of some kinds after a number, in order, for the server itself.
   *
   * @returns `upTo`: all entries of these kinds up to this number are among them; null when nothing is new
   */
  async since(
    tx: Transaction,
    after: number,
    kinds: readonly EntryKind[],
    limit: number,
  ): Promise<{ entries: RecordEntry[]; upTo: number | null }> {
    const head = await this.store.head(tx);
    if (head <= after) return { entries: [], upTo: null };
    const span = { after, before: head + 1 };
    const entries = await this.store.read(tx, { span, filter: { kinds }, limit });
    return { entries, upTo: entries.length < limit ? head : (entries.at(-1)?.number ?? head) };
  }

  /** One entry as `reader` may see it. */
  async entry(number: number, reader: Reader): Promise<ServedEntry | Refusal> {
    const span = { after: number - 1, before: number + 1 };
    return this.work.read(async (tx) => {
      const [entry] = await this.store.read(tx, { span, filter: {}, limit: 1 });
      return entry === undefined
        ? { refused: 'not-found', because: `the record has no entry ${number} yet` }
        : servedEntry(entry, reader, await this.withheldAmong(tx, [entry]));
    });
  }

  private withheldAmong(tx: Transaction, entries: readonly RecordEntry[]): Promise<Withheld> {
    return this.withheld.among(
      tx,
      entries.map(({ flagId }) => flagId),
    );
  }
}
