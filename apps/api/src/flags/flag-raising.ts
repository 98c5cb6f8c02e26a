import { Injectable } from '@nestjs/common';
import { plusSeconds, type Instant } from '@watchfloor/contracts';
import { answeredQuietSeconds, needsWindowFlags, plan, type Floor } from '@watchfloor/flags';
import { Clock } from '../platform/clock/clock.ts';
import type { Transaction } from '../platform/database/work.ts';
import { RecordService } from '../record/record.service.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import { AuditStore } from './audit.store.ts';
import { FlagStore } from './flag.store.ts';
import type { KeptFlag } from './kept-flag.ts';
import { LaneChanges } from './lane-changes.ts';
import { byStream, type LaneFindings, type StreamFindings } from './lane-findings.ts';
import { OpenFlags } from './open-flags.ts';
import { SeenLabels } from './seen-labels.ts';
import { WindowFlagStore } from './window-flag.store.ts';

/** Turns what detectors found into flags, inside the transaction that stores the predictions. */
@Injectable()
export class FlagRaising {
  constructor(
    private readonly clock: Clock,
    private readonly flags: FlagStore,
    private readonly windows: WindowFlagStore,
    private readonly audits: AuditStore,
    private readonly openFlags: OpenFlags,
    private readonly labels: SeenLabels,
    private readonly record: RecordService,
  ) {}

  /** Raises and joins flags by the rules of `plan`, with a handful of statements however many findings there are. */
  async raiseFrom(tx: Transaction, findings: LaneFindings): Promise<void> {
    const streams = byStream(findings);
    if (streams.length === 0) {
      return;
    }
    const now = await this.clock.now(tx);
    await this.openFlags.refresh(tx);
    const gathering = await this.lockGathering(tx, streams, now);
    const changes = new LaneChanges(now);
    for (const found of streams) {
      const kept = gathering.filter(({ streamId }) => streamId === found.stream.id);
      const { raised, gathered } = plan(found, this.floorOf(found.stream, kept, now));
      raised.forEach((each) => changes.raise(found.stream, each));
      gathered.forEach((each) => changes.gather(found.stream, each, kept));
    }
    await this.write(tx, changes);
    await this.labels.remember(tx, streams);
  }

  private async lockGathering(
    tx: Transaction,
    streams: readonly StreamFindings[],
    now: Instant,
  ): Promise<readonly KeptFlag[]> {
    const needing = streams.filter((found) => needsWindowFlags(found, this.boundsOf(found.stream)));
    if (needing.length === 0) {
      return [];
    }
    const ids = needing.map(({ stream }) => stream.id);
    return this.flags.load(tx, await this.windows.lockGathering(tx, ids, plusSeconds(now, -answeredQuietSeconds)));
  }

  private async write(tx: Transaction, { raised, joined, items, drawn, told, entries }: LaneChanges): Promise<void> {
    await this.flags.insert(tx, raised);
    await this.audits.add(tx, drawn);
    await this.flags.save(tx, joined);
    await this.windows.addItems(tx, items);
    await this.windows.markTold(tx, told);
    await this.record.append(tx, entries);
    raised.forEach(({ life, streamId, place }) => this.openFlags.raised(streamId, life.priority, place !== null));
  }

  private floorOf(stream: RegisteredStream, kept: readonly KeptFlag[], now: Instant): Floor {
    const { autonomy, version } = stream.policy;
    return {
      now,
      autonomy,
      policyVersion: version,
      windowFlags: kept.map(({ life }) => life),
      ...this.boundsOf(stream),
    };
  }

  private boundsOf({ id, policy }: RegisteredStream) {
    return { openFlags: this.openFlags.onPredictions(id), maxOpenFlags: policy.review.maxOpenFlags };
  }
}
