import { Injectable } from '@nestjs/common';
import type { Answer, ClaimedFlag, EntryKind, Flag, Instant, Policy, Refusal } from '@watchfloor/contracts';
import { defaultPolicy, plusSeconds } from '@watchfloor/contracts';
import * as rules from '@watchfloor/flags';
import type { Attempt, FlagLife } from '@watchfloor/flags';
import { v7 as uuid } from 'uuid';
import { Work, type Transaction } from '../platform/database/work.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import type { EntryDraft } from '../record/entry-draft.ts';
import { RecordService } from '../record/record.service.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { AuditStore } from './audit.store.ts';
import { AnswerStore } from './answer.store.ts';
import { newClaimToken, tokenDigest } from './claim-token.ts';
import { entryOf, verdictData, type DataOf } from './flag-entries.ts';
import { FlagReturns } from './flag-returns.ts';
import { FlagStore } from './flag.store.ts';
import { FlagsService } from './flags.service.ts';
import type { KeptFlag } from './kept-flag.ts';
import { QueueStore, type NextWish } from './queue.store.ts';
import { saltedDigest } from './salted-digest.ts';
import { SecondLooks } from './second-looks.ts';
import type { Doer } from './viewer.ts';

/** What a person shows for an act: the version on their screen and the token of their claim. */
export interface Shown {
  readonly version?: number | undefined;
  readonly claim?: string | undefined;
}

/** A flag that the transaction holds, and who tries what on it. */
interface Held {
  readonly tx: Transaction;
  readonly kept: KeptFlag;
  readonly life: FlagLife;
  readonly attempt: Attempt;
  readonly by: Doer;
  readonly policy: Policy;
}

/** The most claims that one person may hold at once: those on the screen and those fetched ahead. */
export const maxHeldFlags = 20;

/** What people do to flags. Each act locks one flag, asks the rule, and writes flag and record in one transaction. */
@Injectable()
export class FlagActs {
  constructor(
    private readonly work: Work,
    private readonly streams: StreamsService,
    private readonly flags: FlagStore,
    private readonly queue: QueueStore,
    private readonly answers: AnswerStore,
    private readonly returns: FlagReturns,
    private readonly audits: AuditStore,
    private readonly secondLooks: SecondLooks,
    private readonly reading: FlagsService,
    private readonly record: RecordService,
  ) {}

  /** Hands the first flag of the queue to a person, and to nobody else; undefined when the queue is clear for them. */
  async next(wish: Omit<NextWish, 'personId'>, by: Doer): Promise<ClaimedFlag | undefined> {
    return this.work.run(async (tx) => {
      await this.expectFreeHands(tx, by, null);
      await this.returns.comeBack(tx);
      const id = await this.queue.lockNext(tx, { ...wish, personId: by.personId });
      const [kept] = await this.flags.load(tx, id === undefined ? [] : [id]);
      return kept === undefined ? undefined : this.claimHeld(this.heldIn(tx, kept, by, {}));
    });
  }

  /** Claims a flag, or renews the claim whose token is shown. */
  async claim(id: string, shown: Shown, by: Doer): Promise<ClaimedFlag> {
    return this.work.run(async (tx) => {
      const held = await this.hold(tx, id, by, shown);
      if (shown.claim !== undefined) {
        return this.renewHeld(held, shown.claim);
      }
      await this.expectFreeHands(tx, by, id);
      return this.claimHeld(held);
    });
  }

  async release(id: string, shown: Shown, by: Doer): Promise<Flag> {
    return this.act(
      id,
      shown,
      by,
      ({ life, attempt }) => rules.release(life, attempt),
      (held, { version }) => [entry(held, 'flag-released', { version })],
    );
  }

  /** Leaves the flag to others: `next` does not hand it to this person again. */
  async skip(id: string, shown: Shown, reason: string | undefined, by: Doer): Promise<Flag> {
    return this.act(
      id,
      shown,
      by,
      ({ life, attempt }) => rules.skip(life, attempt),
      async (held, { version }) => {
        await this.queue.skip(held.tx, id, by.personId);
        return [entry(held, 'flag-skipped', { version, ...(reason !== undefined && { reason }) })];
      },
    );
  }

  async snooze(id: string, shown: Shown, minutes: number, reason: string | undefined, by: Doer): Promise<Flag> {
    const until = ({ attempt }: Held): Instant => plusSeconds(attempt.now, minutes * 60);
    return this.act(
      id,
      shown,
      by,
      (held) => rules.snooze(held.life, held.attempt, until(held)),
      (held, { version }) => [
        entry(held, 'flag-snoozed', { version, until: until(held), ...(reason !== undefined && { reason }) }),
      ],
    );
  }

  /** Makes the flag more urgent and leaves it to others. */
  async escalate(id: string, shown: Shown, reason: string | undefined, by: Doer): Promise<Flag> {
    return this.act(
      id,
      shown,
      by,
      ({ life, attempt }) => rules.escalate(life, attempt),
      async (held, { version, priority }) => {
        await this.queue.skip(held.tx, id, by.personId);
        return [entry(held, 'flag-escalated', { version, priority, ...(reason !== undefined && { reason }) })];
      },
    );
  }

  async comment(id: string, shown: Shown, text: string, by: Doer): Promise<Flag> {
    return this.act(
      id,
      shown,
      by,
      ({ life, attempt }) => rules.comment(life, attempt),
      async (held, { version }) => {
        const { salt, digest } = saltedDigest(text);
        const commentId = uuid();
        await this.answers.addComment(held.tx, id, { id: commentId, by: by.actor, at: held.attempt.now, text }, salt);
        return [entry(held, 'flag-commented', { version, commentId, textDigest: digest })];
      },
    );
  }

  /** Settles the flag, or supersedes the verdict that stands. The same answer twice is one verdict. */
  async answer(id: string, { version, claim, ...given }: Answer, by: Doer): Promise<Flag> {
    const verdictId = uuid();
    const rule = ({ life, attempt, policy }: Held) => {
      const { undoSeconds, reasonRequired } = policy.review;
      return rules.answer(life, attempt, given, { labels: policy.labels, undoSeconds, reasonRequired }, verdictId);
    };
    return this.act(id, { version, claim }, by, rule, async (held, after) => {
      if (after.stage.state !== 'settled') {
        throw new Error('an answer settles a flag');
      }
      const { answered } = after.stage;
      const { note, supersedes } = answered.verdict;
      const sealed = note === undefined ? null : saltedDigest(note);
      await this.answers.addVerdict(held.tx, id, answered, sealed?.salt ?? null);
      const data = verdictData(after, answered, sealed?.digest ?? null, held.policy.version);
      await this.remember(held);
      return [
        supersedes === undefined
          ? entry(held, 'flag-settled', data)
          : entry(held, 'verdict-superseded', { ...data, supersedes }),
        ...(await this.secondLooks.follow(held.tx, held.kept, after, held.policy)),
      ];
    });
  }

  /** Takes one's own verdict back, and claims the flag anew. */
  async undo(id: string, shown: Shown, by: Doer): Promise<ClaimedFlag> {
    return this.work.run(async (tx) => {
      const held = await this.hold(tx, id, by, shown);
      const { stage } = held.life;
      const { token, grant } = this.newGrant(held);
      const after = orRefuse(rules.undo(held.life, held.attempt, grant));
      if (stage.state !== 'settled') {
        throw new Error('only a verdict is undone');
      }
      const verdictId = stage.answered.verdict.id;
      await this.answers.undoVerdict(tx, verdictId, held.attempt.now);
      await this.keep(held, after, [
        entry(held, 'verdict-undone', { version: after.version, verdictId, expiresAt: grant.expiresAt }),
        ...(await this.secondLooks.follow(tx, held.kept, after, held.policy)),
      ]);
      return this.granted(held, token, grant.expiresAt);
    });
  }

  private async act(
    id: string,
    shown: Shown,
    by: Doer,
    rule: (held: Held) => FlagLife | Refusal,
    tell: (held: Held, after: FlagLife) => readonly EntryDraft[] | Promise<readonly EntryDraft[]>,
  ): Promise<Flag> {
    return this.work.run(async (tx) => {
      const held = await this.hold(tx, id, by, shown);
      const after = orRefuse(rule(held));
      // A repeated answer gives the flag back as it is: nothing is written for it.
      if (after !== held.life) {
        await this.keep(held, after, await tell(held, after));
      }
      return orRefuse(await this.reading.one(tx, id, by));
    });
  }

  private async claimHeld(held: Held): Promise<ClaimedFlag> {
    const { token, grant } = this.newGrant(held);
    const after = orRefuse(rules.claim(held.life, held.attempt, grant));
    await this.remember(held);
    const { stage, version } = held.life;
    const hasExpired = stage.state === 'claimed' && rules.liveClaim(held.life, held.attempt.now) === null;
    await this.keep(held, after, [
      ...(hasExpired ? [this.returns.expiredEntry(held.kept, version + 1)] : []),
      entry(held, 'flag-claimed', { version: after.version, expiresAt: grant.expiresAt }),
    ]);
    return this.granted(held, token, grant.expiresAt);
  }

  private async renewHeld(held: Held, token: string): Promise<ClaimedFlag> {
    const expiresAt = this.leaseEnd(held);
    await this.keep(held, orRefuse(rules.renew(held.life, held.attempt, expiresAt)), []);
    return this.granted(held, token, expiresAt);
  }

  private async granted({ tx, life, by }: Held, token: string, expiresAt: Instant): Promise<ClaimedFlag> {
    return { flag: orRefuse(await this.reading.one(tx, life.id, by)), claim: { token, expiresAt } };
  }

  private async keep({ tx }: Held, after: FlagLife, entries: readonly EntryDraft[]): Promise<void> {
    await this.flags.save(tx, [after]);
    await this.record.append(tx, entries);
  }

  private async hold(tx: Transaction, id: string, by: Doer, shown: Shown): Promise<Held> {
    await this.audits.lockOf(tx, id);
    const kept = await this.flags.lock(tx, id);
    if (kept === undefined) {
      refuse('not-found', 'There is no such flag');
    }
    return this.heldIn(tx, kept, by, shown);
  }

  private heldIn(tx: Transaction, kept: KeptFlag, by: Doer, { version, claim }: Shown): Held {
    const claimDigest = claim === undefined ? null : tokenDigest(claim);
    const attempt = { by: by.actor, now: kept.readAt, version: version ?? null, claimDigest };
    return { tx, kept, life: kept.life, attempt, by, policy: this.streams.find(kept.stream)?.policy ?? defaultPolicy };
  }

  /** Whoever has a drawn flag in hand sees the model's answer, and is not asked for a blind one later. */
  private async remember({ tx, life, by }: Held): Promise<void> {
    if (life.audit !== null) {
      await this.audits.remember(tx, life.id, by.personId);
    }
  }

  private newGrant(held: Held): { token: string; grant: rules.Grant } {
    const token = newClaimToken();
    return { token, grant: { tokenDigest: tokenDigest(token), expiresAt: this.leaseEnd(held) } };
  }

  private leaseEnd({ attempt, policy }: Held): Instant {
    return plusSeconds(attempt.now, policy.review.leaseSeconds);
  }

  /** Nobody holds the queue for themselves: whoever has their hands full answers or releases first. */
  private async expectFreeHands(tx: Transaction, by: Doer, besides: string | null): Promise<void> {
    if ((await this.queue.heldBy(tx, by.personId, besides)) >= maxHeldFlags) {
      refuse('not-yet-possible', `You hold ${maxHeldFlags} flags already: answer or release some first`);
    }
  }
}

function entry<Kind extends EntryKind>(held: Held, kind: Kind, data: DataOf<Kind>): EntryDraft {
  return entryOf(kind, held.kept, { kind: 'person', id: held.attempt.by.id }, data);
}
