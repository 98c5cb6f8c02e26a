import type { IngestReport, ItemRejection } from '@watchfloor/contracts';
import type { KeyHolder } from '../../platform/http/principal.ts';
import { maySend } from '../../platform/http/principal.ts';
import type { Arrival } from '../lanes/arrival.ts';
import { laneCount, laneOf } from '../lanes/lane-of.ts';
import type { LanesService } from '../lanes/lanes.service.ts';
import { isFault } from './check-item.ts';
import type { ItemFault } from './item-limits.ts';
import type { ItemSink } from './read-items.ts';
import { expectFewer } from './read-items.ts';
import type { ReadItem, TextedPrediction } from './read-prediction.ts';

/** What one request may have on its way through the lanes before its next bytes are read. */
const inFlight = { items: 4_096, bytes: 8 * 1024 * 1024 } as const;
/** What a held text takes in memory beside its characters, about. */
const overheadBytes = 500;

const outOfScope: ItemFault = { pointer: '/stream', reason: 'this ingest key may not send to this stream' };

interface OpenParcel {
  arrivals: Arrival[];
  bytes: number;
}

/** The items of one request: those that are well go to their lanes in order, those that are not are written down. */
export class Intake implements ItemSink<TextedPrediction> {
  private readonly rejected: ItemRejection[] = [];
  private readonly sent: Arrival[][] = [];
  private readonly answers: Promise<void>[] = [];
  private open: OpenParcel[] = emptyParcels();
  private count = 0;
  private flying = { items: 0, bytes: 0 };
  private landed: (() => void) | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly lanes: LanesService,
    private readonly holder: KeyHolder,
  ) {}

  /** Takes the next item in. @throws Refused for one item too many */
  add(item: ReadItem): void {
    const index = this.count;
    this.count += 1;
    expectFewer(this.count);
    if (isFault(item)) {
      this.rejected.push({ index, ...item });
    } else if (!maySend(this.holder, item.prediction.stream)) {
      this.rejected.push({ index, ...outOfScope });
    } else {
      const parcel = this.open[laneOf(item.prediction.stream)];
      parcel?.arrivals.push({ index, prediction: item.prediction, text: item.text, outcome: 'waiting' });
      if (parcel !== undefined) parcel.bytes += item.text.length + overheadBytes;
    }
  }

  /**
   * Sends what has been added to its lanes, and waits until less of this request is on its way: so a slow lane slows its
   * senders.
   *
   * @throws Refused when a lane is full, or has given back what was sent before: nothing may overtake that
   */
  async pass(): Promise<void> {
    this.send();
    while (this.flying.items >= inFlight.items || this.flying.bytes >= inFlight.bytes) {
      await new Promise<void>((resolve) => {
        this.landed = resolve;
      });
    }
  }

  /**
   * What became of the items, once all of it is decided.
   *
   * @throws Refused when some could not be decided; the sender does best to send all of them again
   */
  async report(): Promise<IngestReport> {
    await Promise.all(this.answers);
    if (this.failure !== undefined) throw this.failure;
    const { rejected } = this;
    let accepted = 0;
    let duplicates = 0;
    for (const arrivals of this.sent) {
      for (const { index, outcome, reason = 'could not be stored' } of arrivals) {
        if (outcome === 'accepted') accepted += 1;
        else if (outcome === 'duplicate') duplicates += 1;
        else rejected.push({ index, pointer: '', reason });
      }
    }
    return { accepted, duplicates, rejected: rejected.sort((a, b) => a.index - b.index) };
  }

  private send(): void {
    if (this.failure !== undefined) throw this.failure;
    const parcels = this.open;
    this.open = emptyParcels();
    for (const [lane, { arrivals, bytes }] of parcels.entries()) {
      if (arrivals.length === 0) continue;
      const answer = this.lanes.send(lane, arrivals, bytes);
      this.sent.push(arrivals);
      this.fly(arrivals.length, bytes);
      this.answers.push(this.land(answer, arrivals.length, bytes));
    }
  }

  /** Never rejects: the failure is told when the request next asks. */
  private async land(answer: Promise<void>, items: number, bytes: number): Promise<void> {
    try {
      await answer;
    } catch (error) {
      this.failure ??= error instanceof Error ? error : new Error(String(error));
    }
    this.fly(-items, -bytes);
  }

  private fly(items: number, bytes: number): void {
    this.flying = { items: this.flying.items + items, bytes: this.flying.bytes + bytes };
    if (items < 0) this.landed?.();
  }
}

function emptyParcels(): OpenParcel[] {
  return Array.from({ length: laneCount }, () => ({ arrivals: [], bytes: 0 }));
}
