import type { OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { EntryActor } from '@watchfloor/contracts';
import { roles as allRoles } from '@watchfloor/contracts';
import { PublicAddress } from '../platform/config/public-address.ts';
import { Settings } from '../platform/config/settings.ts';
import { advisoryLocks } from '../platform/database/advisory-locks.ts';
import type { Transaction } from '../platform/database/work.ts';
import { Work } from '../platform/database/work.ts';
import { orRefuse } from '../platform/http/refused.ts';
import { RecordService } from '../record/record.service.ts';
import { AccessService } from './access.service.ts';
import { DutiesStore } from './duties.store.ts';
import { KeysService } from './keys.service.ts';
import { Passwords } from './passwords.ts';
import { PeopleService } from './people.service.ts';
import { PeopleStore } from './people.store.ts';

const setUp: EntryActor = { kind: 'system', part: 'set-up' };
/** `.localhost` is reserved, so that this is nobody's mailbox. */
const localAdministrator = { email: 'administrator@watchfloor.localhost', name: 'Local administrator' };

/** What a server sees to before it listens: that somebody can come in, and that the record knows how duties stand. */
@Injectable()
export class FirstStart implements OnApplicationBootstrap {
  constructor(
    private readonly work: Work,
    private readonly settings: Settings,
    private readonly people: PeopleStore,
    private readonly peopleService: PeopleService,
    private readonly keys: KeysService,
    private readonly passwords: Passwords,
    private readonly duties: DutiesStore,
    private readonly record: RecordService,
    private readonly access: AccessService,
    address: PublicAddress,
  ) {
    address.welcome(() => this.welcome());
  }

  async onApplicationBootstrap(): Promise<void> {
    const { adminPassword, ingestKey } = this.settings;
    const passwordHash = adminPassword === undefined ? null : orRefuse(await this.passwords.hash(adminPassword));
    await this.work.run(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [advisoryLocks.firstStart]);
      await this.addFirstPerson(tx, passwordHash);
      await this.noteDuties(tx);
    });
    if (ingestKey !== undefined) await this.keys.addSecret(ingestKey, 'Key from the settings', ['*'], setUp);
  }

  private async addFirstPerson(tx: Transaction, passwordHash: string | null): Promise<void> {
    if (await this.people.isAnybody(tx)) return;
    const { adminEmail, separationOfDuties } = this.settings;
    const who = adminEmail === undefined ? localAdministrator : { email: adminEmail, name: 'Administrator' };
    const roles = separationOfDuties ? (['administrator'] as const) : allRoles;
    orRefuse(await this.peopleService.addIn(tx, { ...who, roles }, passwordHash, setUp));
  }

  private async noteDuties(tx: Transaction): Promise<void> {
    const { separationOfDuties } = this.settings;
    if (!(await this.duties.set(tx, separationOfDuties))) return;
    await this.record.append(tx, [
      { kind: 'duties-set', stream: null, flagId: null, actor: setUp, data: { separationOfDuties } },
    ]);
  }

  /**
   * A sign-in link for the terminal. Whoever starts a server on its embedded database owns the machine, and gets one at each
   * start; with a database elsewhere the log may travel, so there is one only until the first person can sign in.
   */
  private async welcome(): Promise<readonly string[]> {
    const [administrator] = await this.work.read((tx) => this.people.administrators(tx));
    const isEmbedded = this.settings.databaseUrl === undefined;
    const isLockedOut = !(await this.work.read((tx) => this.people.canAnybodySignIn(tx)));
    if (administrator === undefined || !(isEmbedded || isLockedOut)) return [];
    return [`Sign in as ${administrator.name} (once, within a day): ${await this.access.signInLink(administrator.id)}`];
  }
}
