import { Injectable } from '@nestjs/common';
import type { Person, Role } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';

/** A row of `person`. */
export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: Role[];
  readonly is_disabled: boolean;
  readonly created_at: Date;
  readonly password_hash: string | null;
}

/** A person with what opens their door. */
export interface KeptPerson {
  readonly person: Person;
  /** argon2id; null for people who have no password. */
  readonly passwordHash: string | null;
}

export interface HeldPerson extends KeptPerson {
  /** Administrators besides this person who are not disabled. */
  readonly otherAdministrators: number;
}

export interface PersonDraft {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly passwordHash: string | null;
}

/** The last person of a page. */
export interface PersonCursor {
  readonly name: string;
  readonly id: string;
}

const columns = 'id, email, name, roles, is_disabled, created_at, password_hash';

/** Addresses that differ only in case are one account. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

@Injectable()
export class PeopleStore {
  /** How many people who are not disabled hold which roles together. */
  countByRoles(tx: Transaction): Promise<{ roles: Role[]; count: number }[]> {
    return tx.query('select roles, count(*)::int as count from person where not is_disabled group by roles');
  }

  /** @returns false when the address is taken */
  async add(tx: Transaction, { id, email, name, roles, passwordHash }: PersonDraft): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into person (id, email, email_key, name, roles, password_hash, created_at)
       values ($1, $2, $3, $4, $5, $6, now())
       on conflict (email_key) do nothing returning id`,
      [id, email, emailKey(email), name, roles, passwordHash],
    );
    return rows.length > 0;
  }

  async byEmail(tx: Transaction, email: string): Promise<KeptPerson | undefined> {
    const rows = await tx.query<PersonRow[]>(`select ${columns} from person where email_key = $1`, [emailKey(email)]);
    return rows.map(keptPerson)[0];
  }

  async byId(tx: Transaction, id: string): Promise<KeptPerson | undefined> {
    const rows = await tx.query<PersonRow[]>(`select ${columns} from person where id = $1`, [id]);
    return rows.map(keptPerson)[0];
  }

  /**
   * One person, held until the transaction ends together with all administrators, so that two changes at once cannot leave
   * nobody to administer.
   */
  async lock(tx: Transaction, id: string): Promise<HeldPerson | undefined> {
    const rows = await tx.query<PersonRow[]>(
      `select ${columns} from person where id = $1 or 'administrator' = any (roles) order by id for update`,
      [id],
    );
    const others = rows.filter((row) => row.id !== id && row.roles.includes('administrator') && !row.is_disabled);
    return rows
      .filter((row) => row.id === id)
      .map((row) => ({ ...keptPerson(row), otherAdministrators: others.length }))[0];
  }

  async save(tx: Transaction, { person, passwordHash }: KeptPerson): Promise<void> {
    await tx.query('update person set name = $2, roles = $3, is_disabled = $4, password_hash = $5 where id = $1', [
      person.id,
      person.name,
      person.roles,
      person.isDisabled,
      passwordHash,
    ]);
  }

  /** Puts a password made with today's cost in the place of the same one made with another. */
  async renewHash(tx: Transaction, id: string, from: string, to: string): Promise<void> {
    await tx.query('update person set password_hash = $3 where id = $1 and password_hash = $2', [id, from, to]);
  }

  /** People by name, then id. */
  async page(tx: Transaction, after: PersonCursor | undefined, limit: number): Promise<Person[]> {
    const rows = await tx.query<PersonRow[]>(
      `select ${columns} from person
       where $1::text is null or (lower(name), id) > (lower($1), $2::uuid)
       order by lower(name), id limit $3`,
      [after?.name ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => keptPerson(row).person);
  }

  /** Administrators who are not disabled, oldest first, at most 100. */
  async administrators(tx: Transaction): Promise<Person[]> {
    const rows = await tx.query<PersonRow[]>(
      `select ${columns} from person where 'administrator' = any (roles) and not is_disabled order by created_at, id limit 100`,
    );
    return rows.map((row) => keptPerson(row).person);
  }

  async isAnybody(tx: Transaction): Promise<boolean> {
    const [row] = await tx.query<[{ found: boolean }]>('select exists (select from person) as found');
    return row.found;
  }

  /** Whether somebody has a password, or has come in by a link. */
  async canAnybodySignIn(tx: Transaction): Promise<boolean> {
    const [row] = await tx.query<[{ found: boolean }]>(
      `select exists (
         select from person where not is_disabled and (password_hash is not null or last_sign_in_at is not null)
       ) as found`,
    );
    return row.found;
  }

  async signedIn(tx: Transaction, id: string): Promise<void> {
    await tx.query('update person set last_sign_in_at = now() where id = $1', [id]);
  }
}

export function keptPerson(row: PersonRow): KeptPerson {
  return {
    person: {
      id: row.id,
      email: row.email,
      name: row.name,
      roles: row.roles,
      isDisabled: row.is_disabled,
      createdAt: row.created_at.toISOString(),
    },
    passwordHash: row.password_hash,
  };
}
