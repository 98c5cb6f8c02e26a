import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import type { Instant, Permission } from '@watchfloor/contracts';
import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import { Settings } from '../platform/config/settings.ts';
import type { Transaction } from '../platform/database/work.ts';
import { afterCommit, Work } from '../platform/database/work.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { every } from './every.ts';
import { permissionsOf } from './matrix.ts';
import { hashOf, newSecret } from './secret.ts';
import { SessionsStore } from './sessions.store.ts';

/** Open sockets are checked so often; with the query's own time well within the 5 s that are promised. */
const recheckMs = 2_000;
const sweepMs = 600_000;
/** Longer texts are no tokens of ours. */
const maxTokenLength = 200;

export interface NewSession {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** What a token opened, and the one to hand out in its place when it has served long enough. */
export interface Opened {
  readonly who: SignedIn;
  readonly freshToken?: string;
}

interface Watched {
  readonly who: SignedIn;
  watchers: number;
}

/** Sessions: begun, found by token, renewed, ended, and watched while a console is open. */
@Injectable()
export class SessionsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Sessions');
  private readonly endings = new Subject<string>();
  private readonly watched = new Map<string, Watched>();
  private stops: (() => Promise<void>)[] = [];

  constructor(
    private readonly work: Work,
    private readonly settings: Settings,
    private readonly store: SessionsStore,
  ) {}

  onApplicationBootstrap(): void {
    const failed = (error: unknown) => this.logger.warn(error);
    this.stops = [
      every(recheckMs, () => this.recheck(), failed),
      every(sweepMs, () => this.work.run((tx) => this.store.sweep(tx)), failed),
    ];
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
  }

  /**
   * Ids of sessions whose sockets must close: they have ended, or their person's rights changed. Of sessions that another
   * instance ended only those that are {@link watch}ed are told, within 5 s.
   */
  get ended(): Observable<string> {
    return this.endings;
  }

  async start(tx: Transaction, personId: string): Promise<NewSession> {
    const token = newSecret();
    const { ended } = await this.store.start(tx, personId, hashOf(token));
    this.tell(tx, ended);
    const session = await this.store.byToken(tx, hashOf(token));
    if (session === undefined) throw new Error('a session that has just begun cannot be found');
    return { token, expiresAt: session.expiresAt };
  }

  /**
   * Who holds a token. The database is asked every time, so that an end takes effect at once, everywhere.
   *
   * @param mayRenew whether the caller can hand a fresh token to the holder
   */
  async open(token: string, mayRenew = false): Promise<Opened | undefined> {
    if (token.length > maxTokenLength) return undefined;
    const hash = hashOf(token);
    const session = await this.work.read((tx) => this.store.byToken(tx, hash));
    if (session === undefined) return undefined;
    const who: SignedIn = {
      person: session.person,
      permissions: permissionsOf(session.person.roles, this.settings.separationOfDuties),
      sessionId: session.id,
      expiresAt: session.expiresAt,
    };
    if (!session.isConfirmed) await this.work.run((tx) => this.store.confirm(tx, session.id, hash));
    if (session.wantsTouch) await this.work.run((tx) => this.store.touch(tx, [session.id]));
    if (!mayRenew || !session.wantsRotation || session.isRetiring) return { who };
    const freshToken = newSecret();
    const isOurs = await this.work.run((tx) => this.store.rotate(tx, session.id, hashOf(freshToken)));
    return isOurs ? { who, freshToken } : { who };
  }

  /** Ends the session that a token opens, if there is one. */
  async endByToken(tx: Transaction, token: string): Promise<void> {
    const session = token.length > maxTokenLength ? undefined : await this.store.byToken(tx, hashOf(token));
    if (session !== undefined) await this.end(tx, [session.id]);
  }

  async end(tx: Transaction, sessionIds: readonly string[]): Promise<void> {
    this.tell(tx, await this.store.end(tx, sessionIds));
  }

  /** Ends a person's sessions, all but the one named. */
  async endAllOf(tx: Transaction, personId: string, but?: string): Promise<void> {
    this.tell(tx, await this.store.endAllOf(tx, personId, but));
  }

  /** The person's rights changed: requests see it at once, and open sockets must come in anew. */
  async rightsChanged(tx: Transaction, personId: string): Promise<void> {
    this.tell(tx, await this.store.allOf(tx, personId));
  }

  /**
   * Keeps an eye on a session while a socket of it is open, which also counts as use.
   *
   * @returns a function to call when the socket is closed
   */
  watch(who: SignedIn): () => void {
    const entry = this.watched.get(who.sessionId) ?? { who, watchers: 0 };
    entry.watchers += 1;
    this.watched.set(who.sessionId, entry);
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      entry.watchers -= 1;
      if (entry.watchers === 0 && this.watched.get(who.sessionId) === entry) this.watched.delete(who.sessionId);
    };
  }

  private async recheck(): Promise<void> {
    const ids = [...this.watched.keys()];
    if (ids.length === 0) return;
    const running = await this.work.read(async (tx) => {
      await this.store.touch(tx, ids);
      return this.store.running(tx, ids);
    });
    const rights = new Map(running.map(({ sessionId, roles }) => [sessionId, this.permissionsOf(roles)]));
    for (const id of ids) {
      const held = this.watched.get(id)?.who.permissions;
      if (held !== undefined && !isSame(held, rights.get(id))) this.drop(id);
    }
  }

  private permissionsOf(roles: Parameters<typeof permissionsOf>[0]): ReadonlySet<Permission> {
    return permissionsOf(roles, this.settings.separationOfDuties);
  }

  private tell(tx: Transaction, sessionIds: readonly string[]): void {
    if (sessionIds.length > 0) afterCommit(tx, () => sessionIds.forEach((id) => this.drop(id)));
  }

  private drop(sessionId: string): void {
    this.watched.delete(sessionId);
    this.endings.next(sessionId);
  }
}

function isSame(held: ReadonlySet<Permission>, now: ReadonlySet<Permission> | undefined): boolean {
  return now?.size === held.size && [...held].every((permission) => now.has(permission));
}
