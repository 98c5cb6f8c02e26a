import { Injectable } from '@nestjs/common';
import { Work } from '../platform/database/work.ts';
import type { Transaction } from '../platform/database/work.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import { RecordService } from '../record/record.service.ts';
import { Attempts } from './attempts.ts';
import { Passwords } from './passwords.ts';
import type { KeptPerson } from './people.store.ts';
import { PeopleStore } from './people.store.ts';
import { hashOf, newSecret } from './secret.ts';
import type { NewSession } from './sessions.service.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInStore } from './sign-in.store.ts';

export interface PasswordAttempt {
  readonly email: string;
  readonly password: string;
  /** Where the attempt comes from. */
  readonly address: string;
  /** A token that the browser holds from before; its session ends, so that nobody can lay one under another. */
  readonly heldToken?: string;
}

/** The ways in: by password, and by a one-time link. */
@Injectable()
export class SignInService {
  constructor(
    private readonly work: Work,
    private readonly people: PeopleStore,
    private readonly links: SignInStore,
    private readonly sessions: SessionsService,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly record: RecordService,
  ) {}

  /** Unknown, disabled and password-less accounts are refused like a wrong password, and as slowly. */
  async byPassword({ email, password, address, heldToken }: PasswordAttempt): Promise<NewSession> {
    await this.attempts.count(email, address);
    const kept = await this.work.read((tx) => this.people.byEmail(tx, email));
    const isRight = orRefuse(await this.passwords.isRight(password, kept?.passwordHash ?? null));
    if (!isRight || kept === undefined || kept.person.isDisabled) {
      refuse('wrong-credentials', 'the e-mail address or the password is wrong');
    }
    await this.attempts.forgive(email, address);
    await this.renewHash(kept, password);
    return this.work.run((tx) => this.begin(tx, kept.person.id, 'password', heldToken));
  }

  async byLink(token: string, heldToken?: string): Promise<NewSession> {
    return this.work.run(async (tx) => {
      const personId = await this.links.useLink(tx, hashOf(token));
      const kept = personId === undefined ? undefined : await this.people.byId(tx, personId);
      if (kept === undefined || kept.person.isDisabled) {
        refuse('wrong-credentials', 'this link has been used, or is older than a day; ask for a new one');
      }
      return this.begin(tx, kept.person.id, 'link', heldToken);
    });
  }

  async out(sessionId: string, personId: string): Promise<void> {
    await this.work.run(async (tx) => {
      await this.sessions.end(tx, [sessionId]);
      await this.record.append(tx, [
        { kind: 'person-signed-out', stream: null, flagId: null, actor: { kind: 'person', id: personId }, data: {} },
      ]);
    });
  }

  /** @returns the token of a new one-time link for a person; it serves for a day */
  async newLink(personId: string): Promise<string> {
    const token = newSecret();
    await this.work.run((tx) => this.links.addLink(tx, personId, hashOf(token)));
    return token;
  }

  private async begin(
    tx: Transaction,
    personId: string,
    by: 'password' | 'link',
    heldToken: string | undefined,
  ): Promise<NewSession> {
    if (heldToken !== undefined) await this.sessions.endByToken(tx, heldToken);
    const session = await this.sessions.start(tx, personId);
    await this.people.signedIn(tx, personId);
    await this.record.append(tx, [
      { kind: 'person-signed-in', stream: null, flagId: null, actor: { kind: 'person', id: personId }, data: { by } },
    ]);
    return session;
  }

  private async renewHash({ person, passwordHash }: KeptPerson, password: string): Promise<void> {
    if (passwordHash === null || !this.passwords.isOutdated(passwordHash)) return;
    const renewed = orRefuse(await this.passwords.hash(password));
    await this.work.run((tx) => this.people.renewHash(tx, person.id, passwordHash, renewed));
  }
}
