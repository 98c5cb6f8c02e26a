import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { EntryActor, Role } from '@watchfloor/contracts';
import * as z from 'zod';
import { Settings } from '../platform/config/settings.ts';
import { Work } from '../platform/database/work.ts';
import { orRefuse } from '../platform/http/refused.ts';
import { KeysService } from './keys.service.ts';
import { Passwords } from './passwords.ts';
import { PeopleService } from './people.service.ts';
import { PeopleStore } from './people.store.ts';
import { newSecret } from './secret.ts';

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** Answers for the demo's streams. */
export const demoOwner: DemoPerson = { email: 'owner@demo.watchfloor.test', name: 'Omar Owner', role: 'owner' };

/** Who plays in the demo: one person of each role, and a second reviewer to race with. */
export const demoPeople: readonly DemoPerson[] = [
  { email: 'supervisor@demo.watchfloor.test', name: 'Sanna Supervisor', role: 'supervisor' },
  { email: 'reviewer@demo.watchfloor.test', name: 'Rosa Reviewer', role: 'reviewer' },
  { email: 'reviewer2@demo.watchfloor.test', name: 'Ravi Reviewer', role: 'reviewer' },
  { email: 'auditor@demo.watchfloor.test', name: 'Asta Auditor', role: 'auditor' },
  demoOwner,
  { email: 'administrator@demo.watchfloor.test', name: 'Ada Administrator', role: 'administrator' },
];

/** What opens the doors of a demo; made once for a data directory and kept there. */
export interface DemoAccess {
  /** The same for all demo people. */
  readonly password: string;
  /** For every stream. */
  readonly ingestKey: string;
}

const demo: EntryActor = { kind: 'system', part: 'demo' };
const fileName = 'demo-access.json';
const keptSchema = z.strictObject({ password: z.string().min(10), ingestKey: z.string().min(16) });

/**
 * Sees to it that the demo people can sign in with the demo password and that the demo's ingest key works. Call it as often
 * as you like. People whom somebody disabled stay disabled; roles that somebody changed stay changed.
 */
export async function ensureDemoPeople(app: INestApplicationContext): Promise<DemoAccess> {
  const path = join(app.get(Settings).dataDir, fileName);
  const kept = await read(path);
  const password = kept?.password ?? newSecret().slice(0, 16);
  const ingestKey = await ensureKey(app.get(KeysService), kept?.ingestKey);
  for (const person of demoPeople) await ensurePerson(app, person, password);
  await mkdir(app.get(Settings).dataDir, { recursive: true });
  await writeFile(path, `${JSON.stringify({ password, ingestKey })}\n`, { mode: 0o600 });
  return { password, ingestKey };
}

/** For the terminal: who may sign in, and how. */
export function demoLines({ password }: DemoAccess): readonly string[] {
  return [
    `Demo people, all with the password ${password}`,
    ...demoPeople.map(({ email, role }) => `  ${role.padEnd(14)}${email}`),
  ];
}

async function ensurePerson(app: INestApplicationContext, person: DemoPerson, password: string): Promise<void> {
  const { email, name, role } = person;
  const people = app.get(PeopleStore);
  const passwords = app.get(Passwords);
  const work = app.get(Work);
  const known = await work.read((tx) => people.byEmail(tx, email));
  if (known === undefined) {
    await app.get(PeopleService).add({ email, name, roles: [role], password }, demo);
  } else if (!orRefuse(await passwords.isRight(password, known.passwordHash))) {
    const passwordHash = orRefuse(await passwords.hash(password));
    await work.run((tx) => people.save(tx, { person: known.person, passwordHash }));
  }
}

/** The key that is kept, while it works; else a new one. */
async function ensureKey(keys: KeysService, kept: string | undefined): Promise<string> {
  if (kept !== undefined && (await keys.holderOf(kept)) !== undefined) return kept;
  return (await keys.add('Demo streams', ['*'], demo)).secret;
}

async function read(path: string): Promise<DemoAccess | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === '') return undefined;
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
