import { randomBytes } from 'node:crypto';
import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { auditKey, type AuditKey } from '@watchfloor/detection';
import { Work } from '../platform/database/work.ts';

const keyBytes = 16;

/**
 * The secret behind the draws of the audit: one for the installation, made by its first start and kept in the database, so
 * that every instance and every replay draws the same. It is never served.
 */
@Injectable()
export class AuditKeys implements OnModuleInit {
  private current: AuditKey | undefined;

  constructor(private readonly work: Work) {}

  async onModuleInit(): Promise<void> {
    const [row] = await this.work.run(async (tx) => {
      await tx.query('insert into audit_key (bytes) values ($1) on conflict do nothing', [randomBytes(keyBytes)]);
      return tx.query<[{ bytes: Buffer }]>('select bytes from audit_key');
    });
    this.current = auditKey(row.bytes);
  }

  /** @throws Error before the server has started (a programmer's mistake) */
  get key(): AuditKey {
    if (this.current === undefined) throw new Error('the audit key is not read yet');
    return this.current;
  }
}
