import { instantOf, isRefusal, secondsBetween, type Instant } from '@watchfloor/contracts';
import {
  join,
  raiseOnPrediction,
  raiseOnWindow,
  type FlagLife,
  type FoundPrediction,
  type Gathering,
} from '@watchfloor/flags';
import { confidenceOf } from '@watchfloor/detection';
import { v7 as uuid } from 'uuid';
import type { EntryDraft } from '../record/entry-draft.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import type { DrawnPrediction } from './audit.store.ts';
import { entryOf, flagsActor, joinedEntry, raisedEntry } from './flag-entries.ts';
import { tellAgainSeconds } from './growth-telling.ts';
import type { KeptFlag } from './kept-flag.ts';
import type { NewItems } from './window-flag.store.ts';

/** All that one batch of a lane changes about flags, gathered so that each table is written once. */
export class LaneChanges {
  readonly raised: KeptFlag[] = [];
  readonly joined: FlagLife[] = [];
  readonly items: NewItems[] = [];
  /** What chance drew and got a flag of its own. */
  readonly drawn: DrawnPrediction[] = [];
  /** Flags of which the record hears in this batch. */
  readonly told: string[] = [];
  readonly entries: EntryDraft[] = [];
  private readonly now: Instant;

  constructor(now: Instant) {
    this.now = now;
  }

  raise(stream: RegisteredStream, found: FoundPrediction): void {
    const { position, receivedAtMs } = found.observed;
    const place = { position, receivedAt: instantOf(receivedAtMs) };
    const raised = raiseOnPrediction(uuid(), found, this.now);
    this.addRaised(stream, raised, place);
    this.drawn.push(...drawnOf(stream, raised.id, found));
  }

  /** @param kept the flags that the transaction holds, the one to join among them */
  gather(stream: RegisteredStream, { flag, ...findings }: Gathering<FoundPrediction>, kept: readonly KeptFlag[]): void {
    if (flag === null) {
      const raised = raiseOnWindow(uuid(), findings, this.now);
      this.addRaised(stream, raised, null);
      this.addItems(stream, raised.id, 0, findings.predictions, true);
      return;
    }
    const before = kept.find(({ life }) => life.id === flag.id);
    const after = join(flag, findings, this.now);
    if (before === undefined || isRefusal(after)) {
      throw new Error(`flag ${flag.id} was planned to be joined and cannot be`);
    }
    this.joined.push(after);
    const isTold = this.tell({ ...before, life: after }, flag);
    this.addItems(stream, flag.id, itemCount(flag), findings.predictions, isTold);
  }

  private addRaised(stream: RegisteredStream, life: FlagLife, place: KeptFlag['place']): void {
    const raised = {
      life,
      streamId: stream.id,
      stream: stream.name,
      place,
      readAt: this.now,
      told: { items: itemCount(life), at: this.now },
    };
    this.raised.push(raised);
    this.entries.push(raisedEntry(raised));
  }

  /** What changes the question is told at once, mere growth now and then; the sweeper tells what is left. */
  private tell(joined: KeptFlag, before: FlagLife): boolean {
    const { life, told } = joined;
    const hasChanged = life.version > before.version;
    if (
      !hasChanged &&
      told.at !== null &&
      secondsBetween(told.at, this.now) < tellAgainSeconds(life.raisedAt, this.now)
    ) {
      return false;
    }
    this.told.push(life.id);
    this.entries.push(joinedEntry(joined, hasChanged ? before.version + 1 : life.version));
    if (before.stage.state === 'snoozed' && life.stage.state === 'open') {
      this.entries.push(entryOf('flag-woken', joined, flagsActor, { version: life.version }));
    }
    return true;
  }

  private addItems(
    stream: RegisteredStream,
    flagId: string,
    counted: number,
    predictions: readonly FoundPrediction[],
    withTail: boolean,
  ): void {
    if (predictions.length > 0) {
      this.items.push({ flagId, streamId: stream.id, counted, predictions, withTail });
    }
  }
}

function drawnOf(stream: RegisteredStream, flagId: string, { observed, signals }: FoundPrediction): DrawnPrediction[] {
  const { prediction, position, receivedAtMs } = observed;
  const confidence = confidenceOf(prediction);
  return signals
    .filter(({ kind }) => kind === 'audit-sample')
    .map(({ score: draw, threshold: probability }) => ({
      flagId,
      streamId: stream.id,
      position,
      receivedAt: instantOf(receivedAtMs),
      predictionId: prediction.id,
      probability,
      draw,
      confidence: Number.isNaN(confidence) ? null : confidence,
    }));
}

function itemCount({ subject }: FlagLife): number {
  return subject.kind === 'window' ? subject.itemCount : 0;
}
