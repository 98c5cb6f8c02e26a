import { Injectable } from '@nestjs/common';
import type { EntryActor, Person, Refusal, Role } from '@watchfloor/contracts';
import { v7 as uuid } from 'uuid';
import { Settings } from '../platform/config/settings.ts';
import type { Transaction } from '../platform/database/work.ts';
import { Work } from '../platform/database/work.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import { RecordService } from '../record/record.service.ts';
import { Attempts } from './attempts.ts';
import type { PersonChange } from './change-person.ts';
import { changedFields, changePerson, duties, mayChange, tidyRoles } from './change-person.ts';
import { Passwords } from './passwords.ts';
import { permissionsOf } from './matrix.ts';
import type { PersonCursor } from './people.store.ts';
import { PeopleStore } from './people.store.ts';
import { SessionsService } from './sessions.service.ts';

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password?: string | undefined;
}

export interface PeoplePage {
  readonly people: readonly Person[];
  readonly next?: PersonCursor;
}

/** The people of the floor: who they are, and what happens when that changes. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly work: Work,
    private readonly settings: Settings,
    private readonly people: PeopleStore,
    private readonly sessions: SessionsService,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly record: RecordService,
  ) {}

  async page(after: PersonCursor | undefined, limit: number): Promise<PeoplePage> {
    const found = await this.work.read((tx) => this.people.page(tx, after, limit + 1));
    const people = found.slice(0, limit);
    const last = people.at(-1);
    return { people, ...(found.length > limit && last !== undefined && { next: last }) };
  }

  /** How many people may decide just now. */
  async deciding(): Promise<number> {
    const counts = await this.work.read((tx) => this.people.countByRoles(tx));
    const may = counts.filter(({ roles }) =>
      permissionsOf(roles, this.settings.separationOfDuties).has('flags.decide'),
    );
    return may.reduce((sum, { count }) => sum + count, 0);
  }

  async add(draft: NewPerson, by: EntryActor): Promise<Person> {
    const passwordHash = draft.password === undefined ? null : orRefuse(await this.passwords.hash(draft.password));
    return this.work.run(async (tx) => orRefuse(await this.addIn(tx, draft, passwordHash, by)));
  }

  /** Adds a person as part of a transaction. */
  async addIn(
    tx: Transaction,
    { email, name, roles }: Omit<NewPerson, 'password'>,
    passwordHash: string | null,
    by: EntryActor,
  ): Promise<Person | Refusal> {
    const collision = duties(roles, this.settings.separationOfDuties);
    if (collision !== undefined) return collision;
    const id = uuid();
    const isNew = await this.people.add(tx, { id, email, name, roles: tidyRoles(roles), passwordHash });
    if (!isNew) return { refused: 'exists-already', because: 'somebody has this e-mail address already' };
    const added = await this.people.byId(tx, id);
    if (added === undefined) throw new Error('a person who has just been added cannot be found');
    const data = { personId: id, roles: added.person.roles };
    await this.record.append(tx, [{ kind: 'person-added', stream: null, flagId: null, actor: by, data }]);
    return added.person;
  }

  /**
   * Changes a person. Whoever is disabled is out at once; new roles count at once; a new password ends the person's other
   * sessions.
   *
   * @param address where the call comes from, for the count of wrong passwords
   */
  async change(personId: string, change: PersonChange, who: SignedIn, address: string): Promise<Person> {
    orRefuse(mayChange(who, personId, change));
    const isOwn = who.person.id === personId;
    if (isOwn && change.password !== undefined) await this.provePassword(who.person, change.currentPassword, address);
    const newHash = change.password === undefined ? undefined : orRefuse(await this.passwords.hash(change.password));

    return this.work.run(async (tx) => {
      const held = await this.people.lock(tx, personId);
      if (held === undefined) refuse('not-found', 'there is no such person');
      const person = orRefuse(changePerson(held, change, this.settings.separationOfDuties));
      const changed = changedFields(held.person, person, newHash !== undefined);
      if (changed.length === 0) return person;
      await this.people.save(tx, { person, passwordHash: newHash ?? held.passwordHash });
      if (person.isDisabled) await this.sessions.endAllOf(tx, personId);
      else if (newHash !== undefined) await this.sessions.endAllOf(tx, personId, isOwn ? who.sessionId : undefined);
      if (changed.includes('roles')) await this.sessions.rightsChanged(tx, personId);
      await this.record.append(tx, [
        {
          kind: 'person-changed',
          stream: null,
          flagId: null,
          actor: { kind: 'person', id: who.person.id },
          data: {
            personId,
            changed,
            ...(changed.includes('roles') && { roles: person.roles }),
            ...(changed.includes('isDisabled') && { isDisabled: person.isDisabled }),
          },
        },
      ]);
      return person;
    });
  }

  /** Whoever sits down at somebody's open console must not be able to take the account over. */
  private async provePassword(person: Person, current: string | undefined, address: string): Promise<void> {
    const kept = await this.work.read((tx) => this.people.byId(tx, person.id));
    if (kept?.passwordHash == null) return;
    const pointer = '/currentPassword';
    if (current === undefined) {
      const reason = 'is needed to change one’s own password';
      refuse('malformed', `the current password ${reason}`, { faults: [{ pointer, reason }] });
    }
    await this.attempts.count(person.email, address);
    if (!orRefuse(await this.passwords.isRight(current, kept.passwordHash))) {
      refuse('not-allowed', 'the current password is wrong', { faults: [{ pointer, reason: 'is wrong' }] });
    }
    await this.attempts.forgive(person.email, address);
  }
}
