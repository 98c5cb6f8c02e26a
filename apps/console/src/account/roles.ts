import type { Role } from '@watchfloor/contracts';

export const roleWords: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  supervisor: { name: 'supervisor', may: 'watches the floor, answers flags' },
  reviewer: { name: 'reviewer', may: 'answers flags' },
  auditor: { name: 'auditor', may: 'reads and exports the record, changes nothing' },
  owner: { name: 'owner', may: 'sets policies and what models may do alone' },
  administrator: { name: 'administrator', may: 'adds people and keys' },
};

export const allRoles = Object.keys(roleWords) as readonly Role[];
