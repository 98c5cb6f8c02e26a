import { Controller } from '@nestjs/common';
import type { DraftComparison, Page, Policy, PolicyDraft, PolicyVersionRow } from '@watchfloor/contracts';
import { Handles } from '../../platform/http/handles.ts';
import type { InputOf } from '../../platform/http/input.ts';
import { Input } from '../../platform/http/input.ts';
import type { SignedIn } from '../../platform/http/principal.ts';
import { orRefuse } from '../../platform/http/refused.ts';
import { Who } from '../../platform/http/who.ts';
import { StreamsService } from '../streams.service.ts';
import type { DraftContent } from './draft.store.ts';
import type { DraftAct } from './drafts.service.ts';
import { DraftsService } from './drafts.service.ts';
import { PolicyChanges } from './policy-changes.service.ts';

const defaultLimit = 50;

/** The life of a policy. */
@Controller()
export class PoliciesController {
  constructor(
    private readonly streams: StreamsService,
    private readonly drafts: DraftsService,
    private readonly changes: PolicyChanges,
  ) {}

  @Handles('policy')
  policy(@Input() { params }: InputOf<'policy'>): Policy {
    return orRefuse(this.streams.get(params.stream)).policy;
  }

  @Handles('changePolicy')
  changePolicy(@Input() { params, body }: InputOf<'changePolicy'>, @Who() { person }: SignedIn): Promise<Policy> {
    const { reason, ...policy } = body;
    return this.changes.replace(params.stream, policy, reason, person.id);
  }

  @Handles('changeAutonomy')
  changeAutonomy(@Input() { params, body }: InputOf<'changeAutonomy'>, @Who() { person }: SignedIn): Promise<Policy> {
    return this.changes.changeAutonomy(params.stream, body.autonomy, body.reason, person.id);
  }

  @Handles('policyVersions')
  async versions(@Input() { params, query }: InputOf<'policyVersions'>): Promise<Page<PolicyVersionRow>> {
    const { limit = defaultLimit, before = null } = query;
    const found = await this.changes.history(params.stream, before, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(found.length > limit && last !== undefined && { next: String(last.version) }) };
  }

  @Handles('policyVersion')
  version(@Input() { params }: InputOf<'policyVersion'>): Promise<Policy> {
    return this.changes.version(params.stream, params.version);
  }

  @Handles('rollBackPolicy')
  rollBack(@Input() { params, body }: InputOf<'rollBackPolicy'>, @Who() { person }: SignedIn): Promise<Policy> {
    const { version: from, to, reason } = body;
    return this.changes.rollBack(params.stream, { from, to, reason }, person.id);
  }

  @Handles('policyDrafts')
  async all(@Input() { params }: InputOf<'policyDrafts'>): Promise<Page<PolicyDraft>> {
    return { items: await this.drafts.all(params.stream) };
  }

  @Handles('addDraft')
  add(@Input() { params, body }: InputOf<'addDraft'>, @Who() { person }: SignedIn): Promise<PolicyDraft> {
    return this.drafts.add(params.stream, contentOf(body), person.id);
  }

  @Handles('policyDraft')
  compare(@Input() { params }: InputOf<'policyDraft'>, @Who() who: SignedIn): Promise<DraftComparison> {
    return this.drafts.compare(actOf(params, who));
  }

  @Handles('saveDraft')
  save(@Input() { params, body }: InputOf<'saveDraft'>, @Who() who: SignedIn): Promise<PolicyDraft> {
    return this.drafts.save(actOf(params, who), body.version, contentOf(body));
  }

  @Handles('discardDraft')
  discard(@Input() { params }: InputOf<'discardDraft'>, @Who() who: SignedIn): Promise<void> {
    return this.drafts.discard(actOf(params, who));
  }

  @Handles('publishDraft')
  publish(@Input() { params, body }: InputOf<'publishDraft'>, @Who() who: SignedIn): Promise<Policy> {
    return this.changes.publish(actOf(params, who), body);
  }
}

function contentOf({ basedOn, settings, note = '' }: InputOf<'addDraft'>['body']): DraftContent {
  return { basedOn, settings, note };
}

function actOf({ stream, draft }: InputOf<'policyDraft'>['params'], { person }: SignedIn): DraftAct {
  return { stream, draftId: draft, personId: person.id };
}
