import { Injectable } from '@nestjs/common';
import type { Autonomy, Policy, PolicyVersionRow } from '@watchfloor/contracts';
import { LanesService } from '../../ingest/lanes/lanes.service.ts';
import { Settings } from '../../platform/config/settings.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { Work } from '../../platform/database/work.ts';
import { orRefuse, refuse } from '../../platform/http/refused.ts';
import { notYetPossible } from '../not-yet-possible.ts';
import type { RegisteredStream } from '../registered-stream.ts';
import type { PolicyChange } from '../streams.service.ts';
import { StreamsService } from '../streams.service.ts';
import type { DraftAct } from './drafts.service.ts';
import { DraftsService, expectVersion } from './drafts.service.ts';
import { approvalOf, approvalOfRollback, whyNotPublish } from './may-publish.ts';
import { VersionStore } from './version.store.ts';

/** Puts policies into force: directly, by a draft that somebody else publishes, or by going back. */
@Injectable()
export class PolicyChanges {
  constructor(
    private readonly work: Work,
    private readonly settings: Settings,
    private readonly streams: StreamsService,
    private readonly drafts: DraftsService,
    private readonly versions: VersionStore,
    private readonly lanes: LanesService,
  ) {}

  /** The direct way, by one person alone. @param policy with the version that it was made from */
  async replace(name: string, policy: Policy, reason: string | undefined, personId: string): Promise<Policy> {
    orRefuse(this.streams.get(name));
    if (!this.settings.directPolicyChanges) {
      refuse('needs-another', 'policies are changed by drafts here, which somebody else than their author publishes');
    }
    orRefuse(notYetPossible(policy));
    const change = { policy, reason, byPerson: personId, way: 'direct', approval: 'alone' } as const;
    return this.between(name, async (tx) => orRefuse(await this.streams.changePolicy(tx, name, change)));
  }

  /** The mode alone, which must be quick: whoever may steer does it alone, and the record says so. */
  async changeAutonomy(name: string, autonomy: Autonomy, reason: string, personId: string): Promise<Policy> {
    const { policy } = orRefuse(this.streams.get(name));
    const changed = { ...policy, autonomy };
    orRefuse(notYetPossible(changed));
    const change = { policy: changed, reason, byPerson: personId, way: 'autonomy', approval: 'alone' } as const;
    return this.between(name, async (tx) => orRefuse(await this.streams.changePolicy(tx, name, change)));
  }

  /** @param version the draft's, as it was read and compared */
  async publish(
    { stream: name, draftId, personId }: DraftAct,
    { version, reason }: { readonly version: number; readonly reason: string },
  ): Promise<Policy> {
    orRefuse(this.streams.get(name));
    return this.between(name, async (tx) => {
      const stream = orRefuse(this.streams.get(name));
      const draft = await this.drafts.lock(tx, stream, draftId);
      expectVersion(draft, version);
      orRefuse(whyNotPublish(draft, personId, stream.policy, this.settings.separationOfDuties));
      const change: PolicyChange = {
        policy: { ...draft.settings, version: draft.basedOn },
        reason,
        byPerson: personId,
        way: 'draft',
        approval: approvalOf(draft, personId),
        draft: { id: draftId, authors: draft.authors.map(({ id }) => id) },
      };
      const changed = orRefuse(await this.streams.changePolicy(tx, name, change));
      await this.drafts.remove(tx, draftId);
      return changed;
    });
  }

  /** Puts the settings of an earlier version into force again. @param from the version in force, as it was read */
  async rollBack(
    name: string,
    { from, to, reason }: { readonly from: number; readonly to: number; readonly reason: string },
    personId: string,
  ): Promise<Policy> {
    const { id } = orRefuse(this.streams.get(name));
    return this.between(name, async (tx) => {
      const restored = await this.versions.find(tx, id, to);
      if (restored === undefined || to >= from) refuse('not-found', `there is no version ${to} to go back to`);
      orRefuse(notYetPossible(restored.policy));
      const change: PolicyChange = {
        policy: { ...restored.policy, version: from },
        reason,
        byPerson: personId,
        way: 'rollback',
        approval: approvalOfRollback(restored, personId),
        restores: to,
      };
      return orRefuse(await this.streams.changePolicy(tx, name, change));
    });
  }

  /** A page of the versions, newest first. */
  async history(name: string, before: number | null, limit: number): Promise<PolicyVersionRow[]> {
    const { id } = orRefuse(this.streams.get(name));
    return this.work.read((tx) => this.versions.page(tx, id, before, limit));
  }

  async version(name: string, version: number): Promise<Policy> {
    const { id } = orRefuse(this.streams.get(name));
    const found = await this.work.read((tx) => this.versions.find(tx, id, version));
    return found?.policy ?? refuse('not-found', `the policy never had a version ${version}`);
  }

  /** In order with the stream's predictions, so that each is looked at under one policy, live and in replay. */
  private async between(name: string, change: (tx: Transaction) => Promise<RegisteredStream>): Promise<Policy> {
    return (await this.lanes.between(name, change)).policy;
  }
}
