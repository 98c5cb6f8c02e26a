import type { EntryBody, Person, Refusal, Role } from '@watchfloor/contracts';
import { roles as allRoles } from '@watchfloor/contracts';
import type { SignedIn } from '../platform/http/principal.ts';
import { dutiesCollide } from './matrix.ts';
import type { HeldPerson } from './people.store.ts';

/** What may be asked to change. */
export interface PersonChange {
  readonly name?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly password?: string | undefined;
  readonly currentPassword?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

type ChangedField = EntryBody<'person-changed'>['data']['changed'][number];

/** Everybody may change their own name and password; the rest takes the permission to edit people. */
export function mayChange(who: SignedIn, personId: string, { roles, isDisabled }: PersonChange): Refusal | undefined {
  if (who.permissions.has('people.edit')) return undefined;
  if (who.person.id !== personId) return { refused: 'not-allowed', because: 'only administrators change other people' };
  if (roles === undefined && isDisabled === undefined) return undefined;
  return { refused: 'not-allowed', because: 'only administrators change roles, or who may sign in' };
}

/** The person after the change, unless it would leave nobody to administer or mix duties that are separated. */
export function changePerson(
  { person, otherAdministrators }: HeldPerson,
  { name = person.name, roles = person.roles, isDisabled = person.isDisabled }: PersonChange,
  isSeparated: boolean,
): Person | Refusal {
  const changed = { ...person, name, roles: tidyRoles(roles), isDisabled };
  if (administers(person) && !administers(changed) && otherAdministrators === 0) {
    return {
      refused: 'last-administrator',
      because: 'somebody else must be administrator first; this is the last one',
    };
  }
  // Roles from before the separation can stay as they are: such a person does not decide.
  const isNew = changed.roles.join() !== tidyRoles(person.roles).join();
  return (isNew ? duties(changed.roles, isSeparated) : undefined) ?? changed;
}

/** Says no to roles on both sides of the separation of duties. */
export function duties(roles: readonly Role[], isSeparated: boolean): Refusal | undefined {
  if (!isSeparated || !dutiesCollide(roles)) return undefined;
  return {
    refused: 'duties-collide',
    because: 'duties are separated here: an owner or administrator cannot be supervisor or reviewer as well',
  };
}

/** Each role once, in the order in which the contracts name them. */
export function tidyRoles(roles: readonly Role[]): Role[] {
  return allRoles.filter((role) => roles.includes(role));
}

export function changedFields(before: Person, after: Person, hasNewPassword: boolean): ChangedField[] {
  return [
    ...(before.name === after.name ? [] : (['name'] as const)),
    ...(before.roles.join() === after.roles.join() ? [] : (['roles'] as const)),
    ...(hasNewPassword ? (['password'] as const) : []),
    ...(before.isDisabled === after.isDisabled ? [] : (['isDisabled'] as const)),
  ];
}

function administers({ roles, isDisabled }: Person): boolean {
  return roles.includes('administrator') && !isDisabled;
}
