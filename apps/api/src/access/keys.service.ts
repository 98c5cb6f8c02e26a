import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import type { CreatedKey, EntryActor, IngestKey } from '@watchfloor/contracts';
import { v7 as uuid } from 'uuid';
import { Work } from '../platform/database/work.ts';
import type { KeyHolder } from '../platform/http/principal.ts';
import { refuse } from '../platform/http/refused.ts';
import { RecordService } from '../record/record.service.ts';
import { every } from './every.ts';
import { KeysStore } from './keys.store.ts';
import { hashOf, newSecret } from './secret.ts';

/** A key's answer is believed so long, so that thousands of requests a second need no query each. */
const believedMs = 1_500;
const maxRemembered = 10_000;
const noteUseEveryMs = 5_000;
/** Longer texts are no keys. */
const maxSecretLength = 200;

interface Remembered {
  readonly holder: Promise<KeyHolder | undefined>;
  readonly untilMs: number;
}

/** Ingest keys: made, revoked, and recognised at speed. */
@Injectable()
export class KeysService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Keys');
  private readonly remembered = new Map<string, Remembered>();
  private readonly used = new Set<string>();
  private stop: () => Promise<void> = async () => undefined;

  constructor(
    private readonly work: Work,
    private readonly store: KeysStore,
    private readonly record: RecordService,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = every(
      noteUseEveryMs,
      () => this.noteUse(),
      (error) => this.logger.warn(error),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
    await this.noteUse().catch((error: unknown) => this.logger.warn(error));
  }

  /** @returns who holds the secret, unless the key was revoked two seconds ago or longer */
  async holderOf(secret: string): Promise<KeyHolder | undefined> {
    if (secret.length > maxSecretLength) return undefined;
    const hash = hashOf(secret);
    const holder = await this.remember(hash.toString('base64'), async () => {
      const key = await this.work.read((tx) => this.store.bySecret(tx, hash));
      return key === undefined ? undefined : { key };
    });
    if (holder !== undefined) this.used.add(holder.key.id);
    return holder;
  }

  async page(before: string | undefined, limit: number): Promise<{ keys: readonly IngestKey[]; next?: string }> {
    const found = await this.work.read((tx) => this.store.page(tx, before, limit + 1));
    const keys = found.slice(0, limit);
    const last = keys.at(-1);
    return { keys, ...(found.length > limit && last !== undefined && { next: last.id }) };
  }

  /** @returns the key, and the only time its secret is seen */
  async add(name: string, streams: readonly string[], by: EntryActor): Promise<CreatedKey> {
    const secret = newSecret('wfk_');
    const key = await this.addSecret(secret, name, streams, by);
    if (key === undefined) throw new Error('two random secrets are the same');
    return { ...key, secret };
  }

  /** @returns the new key; undefined when there is one with this secret already, revoked or not */
  async addSecret(
    secret: string,
    name: string,
    streams: readonly string[],
    by: EntryActor,
  ): Promise<IngestKey | undefined> {
    const draft = { id: uuid(), name, streams: streams.includes('*') ? ['*'] : [...new Set(streams)] };
    const key = await this.work.run(async (tx) => {
      const added = await this.store.add(tx, { ...draft, secretHash: hashOf(secret) });
      if (added === undefined) return undefined;
      const data = { keyId: added.id, streams: added.streams };
      await this.record.append(tx, [{ kind: 'key-created', stream: null, flagId: null, actor: by, data }]);
      return added;
    });
    this.remembered.delete(hashOf(secret).toString('base64'));
    return key;
  }

  /** Revoking twice is once. Other instances follow within two seconds. */
  async revoke(keyId: string, by: EntryActor): Promise<void> {
    await this.work.run(async (tx) => {
      const isRevoked = await this.store.revoke(tx, keyId);
      if (isRevoked === false) refuse('not-found', 'there is no such key');
      if (isRevoked === null) return;
      await this.record.append(tx, [{ kind: 'key-revoked', stream: null, flagId: null, actor: by, data: { keyId } }]);
    });
    this.remembered.clear();
  }

  private remember(hash: string, look: () => Promise<KeyHolder | undefined>): Promise<KeyHolder | undefined> {
    const nowMs = performance.now();
    const known = this.remembered.get(hash);
    if (known !== undefined && known.untilMs > nowMs) return known.holder;
    if (this.remembered.size >= maxRemembered) this.remembered.clear();
    const holder = look();
    this.remembered.set(hash, { holder, untilMs: nowMs + believedMs });
    // A database that was away is no answer about the key.
    holder.catch(() => this.remembered.delete(hash));
    return holder;
  }

  private async noteUse(): Promise<void> {
    const ids = [...this.used];
    if (ids.length === 0) return;
    this.used.clear();
    await this.work.run((tx) => this.store.used(tx, ids));
  }
}
