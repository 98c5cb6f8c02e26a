import { Injectable } from '@nestjs/common';
import type { Comment, Instant } from '@watchfloor/contracts';
import type { Answered } from '@watchfloor/flags';
import type { Transaction } from '../platform/database/work.ts';

/** What people said of flags: verdicts with their notes, and comments. None is ever edited. */
@Injectable()
export class AnswerStore {
  /** @param salt of the note; null without a note */
  async addVerdict(tx: Transaction, flagId: string, answered: Answered, salt: Buffer | null): Promise<void> {
    const { verdict, onVersion, claimDigest, undoUntil } = answered;
    await tx.query(
      `insert into flag_verdict (id, flag_id, verdict, label, value, reason, note, note_salt, by_person, at, supersedes, on_version,
         claim_digest, undo_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        verdict.id,
        flagId,
        verdict.verdict,
        verdict.label ?? null,
        verdict.value ?? null,
        verdict.reason ?? null,
        verdict.note ?? null,
        salt,
        verdict.by.id,
        verdict.at,
        verdict.supersedes ?? null,
        onVersion,
        claimDigest,
        undoUntil,
      ],
    );
  }

  async undoVerdict(tx: Transaction, verdictId: string, at: Instant): Promise<void> {
    await tx.query('update flag_verdict set undone_at = $2 where id = $1', [verdictId, at]);
  }

  async addComment(tx: Transaction, flagId: string, { id, by, at, text }: Comment, salt: Buffer): Promise<void> {
    await tx.query(
      'insert into flag_comment (id, flag_id, by_person, at, text, salt) values ($1, $2, $3, $4, $5, $6)',
      [...[id, flagId, by.id, at, text], salt],
    );
  }
}
