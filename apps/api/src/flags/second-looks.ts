import { Injectable } from '@nestjs/common';
import { isRefusal, type Adjudicator, type Instant, type Policy } from '@watchfloor/contracts';
import { auditTurn, isErrorByBoth, lapse, raiseSecondLook, withdraw, type FlagLife } from '@watchfloor/flags';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../platform/database/work.ts';
import type { EntryDraft } from '../record/entry-draft.ts';
import { RecordService } from '../record/record.service.ts';
import { AuditStore, type OpenAudit } from './audit.store.ts';
import { entryOf, flagsActor, raisedEntry } from './flag-entries.ts';
import { FlagStore } from './flag.store.ts';
import type { KeptFlag } from './kept-flag.ts';
import { OpenFlags } from './open-flags.ts';

/** Why a second look is taken back. */
const because = {
  'taken-back': 'the first answer was taken back',
  corrected: 'the first answer was corrected, and confirms the model',
  outcome: 'the truth has come',
} as const;
type Reason = keyof typeof because;

const notTaken = 'nobody took the second look in time: it counts as an error of the model';

/** How an audit ends, and by which answers. */
interface Ending {
  readonly audit: OpenAudit;
  readonly isError: boolean;
  readonly by: Adjudicator;
  readonly verdictId?: string;
  readonly secondVerdictId?: string;
  readonly secondLookId?: string;
}

/**
 * The audit of drawn predictions, from the first answer to its end: raises second looks, withdraws them, and says in the record
 * whether the model was wrong. While a second look is open, what others said is withheld from those who could take it.
 */
@Injectable()
export class SecondLooks {
  constructor(
    private readonly flags: FlagStore,
    private readonly audits: AuditStore,
    private readonly openFlags: OpenFlags,
    private readonly record: RecordService,
  ) {}

  /**
   * What an act on a flag means for its audit. The transaction holds the audit and the flag.
   *
   * @param after the flag as it is to be; it is saved by the caller
   * @returns what the record is to be told after the act itself
   */
  async follow(tx: Transaction, kept: KeptFlag, after: FlagLife, policy: Policy): Promise<readonly EntryDraft[]> {
    if (after.secondLook !== null) {
      return after.stage.state === 'settled' ? this.settled(tx, after.secondLook.of, after) : [];
    }
    const turn = auditTurn(kept.life, after);
    const audit = turn === null ? undefined : await this.audits.find(tx, after.id);
    if (turn === null || audit === undefined) {
      return [];
    }
    const entries: EntryDraft[] = [];
    if (turn.secondLook === 'raise') {
      entries.push(...(await this.raise(tx, { ...kept, life: after }, policy)));
    } else if (turn.secondLook === 'withdraw') {
      const reason = turn.confirmation === null ? 'taken-back' : 'corrected';
      entries.push(...(await this.withdraw(tx, audit, reason, kept.readAt)));
    }
    if (turn.secondLook === 'raise') {
      return entries;
    }
    const { confirmation } = turn;
    if (confirmation !== null && confirmation.finalAt <= kept.readAt) {
      const ending = { audit, isError: false, by: 'first', verdictId: confirmation.verdict.id } as const;
      return [...entries, ...(await this.end(tx, [ending]))];
    }
    const final = confirmation && { at: confirmation.finalAt, verdictId: confirmation.verdict.id };
    await this.audits.setFinal(tx, audit.flagId, final);
    return entries;
  }

  /** Ends audits whose confirmation can no longer be taken back. @returns how many; `limit` means that there may be more */
  async finish(tx: Transaction, limit: number): Promise<number> {
    const audits = await this.audits.lockFinal(tx, limit);
    const endings = audits.map((audit) => ({
      audit,
      isError: false,
      by: 'first' as const,
      ...(audit.finalVerdictId !== null && { verdictId: audit.finalVerdictId }),
    }));
    await this.record.append(tx, await this.end(tx, endings));
    return audits.length;
  }

  /**
   * Lets second looks lapse that nobody has taken in time: that counts as an error, or whoever wants to hide one would only have
   * to wait.
   *
   * @param outlived see {@link AuditStore.lockLapsing}; `action` says why, in words for a person
   * @returns how many, as {@link finish}
   */
  async lapse(
    tx: Transaction,
    limit: number,
    outlived?: { readonly streamId: number; readonly before: Instant; readonly action: string },
  ): Promise<number> {
    const audits = await this.audits.lockLapsing(tx, limit, outlived);
    const entries: EntryDraft[] = [];
    const endings: Ending[] = [];
    for (const audit of audits) {
      const kept = await this.lockSecondLook(tx, audit);
      if (kept === undefined) continue;
      const action = outlived?.action ?? notTaken;
      const after = lapse(kept.life, action, kept.readAt);
      if (isRefusal(after)) continue;
      await this.flags.save(tx, [after]);
      entries.push(entryOf('flag-lapsed', kept, flagsActor, { version: after.version, action }));
      endings.push(await this.ofBoth(tx, audit, isErrorByBoth(after), 'nobody'));
    }
    await this.record.append(tx, [...entries, ...(await this.end(tx, endings))]);
    return audits.length;
  }

  /** What has turned out to be true decides at once. @param wasWrong whether it contradicts the model; null if it cannot be told */
  async truthCame(
    tx: Transaction,
    predictions: readonly { readonly streamId: number; readonly id: string }[],
    wasWrong: (audit: OpenAudit, first: FlagLife) => boolean | null,
  ): Promise<void> {
    const audits = await this.audits.lockByPrediction(tx, predictions);
    const firsts = new Map(
      (
        await this.flags.load(
          tx,
          audits.map(({ flagId }) => flagId),
        )
      ).map((kept) => [kept.life.id, kept]),
    );
    const entries: EntryDraft[] = [];
    const endings: Ending[] = [];
    for (const audit of audits) {
      const first = firsts.get(audit.flagId);
      const isError = first === undefined ? null : wasWrong(audit, first.life);
      if (first === undefined || isError === null) continue;
      entries.push(...(await this.withdraw(tx, audit, 'outcome', first.readAt)));
      endings.push({ audit, isError, by: 'outcome' });
    }
    await this.record.append(tx, [...entries, ...(await this.end(tx, endings))]);
  }

  private async raise(tx: Transaction, first: KeptFlag, policy: Policy): Promise<readonly EntryDraft[]> {
    const { life, streamId } = first;
    const notFor = await this.audits.holders(tx, life.id);
    const rules = { hours: policy.review.secondLookHours, policyVersion: policy.version };
    const second = raiseSecondLook(uuid(), life, first.readAt, notFor, rules);
    const kept = { ...first, life: second, told: { items: 0, at: first.readAt } };
    await this.flags.insert(tx, [kept]);
    await this.audits.setSecondLook(tx, life.id, second.id);
    await this.record.withhold(tx, life.id, notFor);
    this.openFlags.raised(streamId, second.priority, true);
    return [raisedEntry(kept, { flagId: life.id, version: life.version })];
  }

  private async withdraw(
    tx: Transaction,
    audit: OpenAudit,
    reason: Reason,
    now: Instant,
  ): Promise<readonly EntryDraft[]> {
    const kept = await this.lockSecondLook(tx, audit);
    const after = kept === undefined ? undefined : withdraw(kept.life, because[reason], now);
    if (kept === undefined || after === undefined || isRefusal(after)) {
      return [];
    }
    await this.flags.save(tx, [after]);
    await this.audits.setSecondLook(tx, audit.flagId, null);
    await this.record.disclose(tx, [audit.flagId]);
    return [entryOf('flag-withdrawn', kept, flagsActor, { version: after.version, because: because[reason] })];
  }

  private async settled(tx: Transaction, firstId: string, second: FlagLife): Promise<readonly EntryDraft[]> {
    const audit = await this.audits.find(tx, firstId);
    if (audit === undefined || second.stage.state !== 'settled') {
      return [];
    }
    const ending = await this.ofBoth(tx, audit, isErrorByBoth(second), 'second');
    return this.end(tx, [{ ...ending, secondVerdictId: second.stage.answered.verdict.id }]);
  }

  /** The end of an audit that came to a second look, with the first verdict that stands. */
  private async ofBoth(tx: Transaction, audit: OpenAudit, isError: boolean, by: 'second' | 'nobody'): Promise<Ending> {
    const [first] = await this.flags.load(tx, [audit.flagId]);
    const { secondLookId } = audit;
    return {
      audit,
      isError,
      by,
      ...(first?.life.stage.state === 'settled' && { verdictId: first.life.stage.answered.verdict.id }),
      ...(secondLookId !== null && { secondLookId }),
    };
  }

  /** @returns what the record is told of it */
  private async end(tx: Transaction, endings: readonly Ending[]): Promise<readonly EntryDraft[]> {
    if (endings.length === 0) {
      return [];
    }
    await this.audits.end(tx, endings);
    await this.record.disclose(
      tx,
      endings.map(({ audit }) => audit.flagId),
    );
    return endings.map(({ audit, ...how }) => {
      const { flagId, stream, predictionId, position, probability, draw, confidence: modelConfidence } = audit;
      const data = { predictionId, position, probability, draw, modelConfidence, ...how };
      return { kind: 'audit-adjudicated', stream, flagId, actor: flagsActor, data };
    });
  }

  private async lockSecondLook(tx: Transaction, { secondLookId }: OpenAudit): Promise<KeptFlag | undefined> {
    return secondLookId === null ? undefined : this.flags.lock(tx, secondLookId);
  }
}
