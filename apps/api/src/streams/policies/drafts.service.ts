import { Injectable } from '@nestjs/common';
import type { DraftComparison, PolicyDraft } from '@watchfloor/contracts';
import { mostAuthors, mostDrafts } from '@watchfloor/contracts';
import { v7 as uuid } from 'uuid';
import { Settings } from '../../platform/config/settings.ts';
import type { Transaction } from '../../platform/database/work.ts';
import { Work } from '../../platform/database/work.ts';
import { orRefuse, refuse } from '../../platform/http/refused.ts';
import type { EntryDraft } from '../../record/entry-draft.ts';
import { namedPaths } from '../../record/named-paths.ts';
import { RecordService } from '../../record/record.service.ts';
import { changedPaths } from '../changed-paths.ts';
import type { RegisteredStream } from '../registered-stream.ts';
import { StreamsService } from '../streams.service.ts';
import { comparedSettings } from './compared-settings.ts';
import type { DraftContent } from './draft.store.ts';
import { DraftStore } from './draft.store.ts';
import { whyNotPublish } from './may-publish.ts';

/** Which draft, as its reader knows it, and who asks. */
export interface DraftAct {
  readonly stream: string;
  readonly draftId: string;
  readonly personId: string;
}

/** Policies that are not in force yet: saved, compared, thrown away. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly work: Work,
    private readonly settings: Settings,
    private readonly streams: StreamsService,
    private readonly drafts: DraftStore,
    private readonly record: RecordService,
  ) {}

  async all(streamName: string): Promise<PolicyDraft[]> {
    const stream = orRefuse(this.streams.get(streamName));
    return this.work.read((tx) => this.drafts.all(tx, stream));
  }

  /** A draft beside the policy in force, and whether the one who asks may publish it. */
  async compare({ stream: name, draftId, personId }: DraftAct): Promise<DraftComparison> {
    const stream = orRefuse(this.streams.get(name));
    const draft = await this.work.read((tx) => this.drafts.find(tx, stream, draftId));
    if (draft === undefined) noSuchDraft();
    const { version, ...inForce } = stream.policy;
    const refusal = whyNotPublish(draft, personId, stream.policy, this.settings.separationOfDuties);
    return {
      draft,
      policy: stream.policy,
      changed: comparedSettings(inForce, draft.settings),
      isStale: draft.basedOn !== version,
      refusal: refusal?.because ?? null,
    };
  }

  async add(streamName: string, content: DraftContent, personId: string): Promise<PolicyDraft> {
    const stream = orRefuse(this.streams.get(streamName));
    expectKnownBase(stream, content);
    const id = uuid();
    return this.work.run(async (tx) => {
      if ((await this.drafts.lockCount(tx, stream.id)) >= mostDrafts) {
        refuse('too-busy', `the stream has ${mostDrafts} drafts already; throw one away first`);
      }
      await this.drafts.insert(tx, { id, streamId: stream.id, author: personId, ...content });
      return this.saved(tx, stream, id, personId);
    });
  }

  /** @param version the draft's, as it was read */
  async save(
    { stream: name, draftId, personId }: DraftAct,
    version: number,
    content: DraftContent,
  ): Promise<PolicyDraft> {
    const stream = orRefuse(this.streams.get(name));
    expectKnownBase(stream, content);
    return this.work.run(async (tx) => {
      const draft = await this.lock(tx, stream, draftId);
      expectVersion(draft, version);
      const isNewAuthor = draft.authors.every(({ id }) => id !== personId);
      if (isNewAuthor && draft.authors.length >= mostAuthors) {
        refuse('too-busy', `${mostAuthors} people had a hand in this draft; make a new one`);
      }
      await this.drafts.save(tx, draftId, content, personId);
      return this.saved(tx, stream, draftId, personId);
    });
  }

  async discard({ stream: name, draftId, personId }: DraftAct): Promise<void> {
    const stream = orRefuse(this.streams.get(name));
    await this.work.run(async (tx) => {
      const { version } = await this.lock(tx, stream, draftId);
      await this.drafts.remove(tx, draftId);
      const data = { draftId, version };
      await this.record.append(tx, [entry({ kind: 'policy-draft-discarded', data }, stream, personId)]);
    });
  }

  /** A draft that nobody else touches until the transaction ends. @throws Refused when it is gone */
  async lock(tx: Transaction, stream: RegisteredStream, draftId: string): Promise<PolicyDraft> {
    return (await this.drafts.lock(tx, stream, draftId)) ?? noSuchDraft();
  }

  /** Takes away a draft that has come into force. */
  async remove(tx: Transaction, draftId: string): Promise<void> {
    await this.drafts.remove(tx, draftId);
  }

  private async saved(tx: Transaction, stream: RegisteredStream, id: string, personId: string): Promise<PolicyDraft> {
    const draft = (await this.drafts.find(tx, stream, id)) ?? noSuchDraft();
    const { version: _, ...inForce } = stream.policy;
    const data = {
      draftId: id,
      version: draft.version,
      basedOn: draft.basedOn,
      ...namedPaths(changedPaths(inForce, draft.settings)),
    };
    await this.record.append(tx, [entry({ kind: 'policy-draft-saved', data }, stream, personId)]);
    return draft;
  }
}

/** @throws Refused unless the draft is as its reader knows it */
export function expectVersion(draft: PolicyDraft, version: number): void {
  if (draft.version === version) return;
  refuse('stale-version', `the draft is at version ${draft.version} by now; you saw version ${version}`);
}

function expectKnownBase({ policy }: RegisteredStream, { basedOn }: DraftContent): void {
  if (basedOn > policy.version) refuse('stale-version', `the policy is at version ${policy.version}, not ${basedOn}`);
}

function noSuchDraft(): never {
  refuse('not-found', 'there is no such draft; perhaps it was published or thrown away');
}

type OfDrafts = 'policy-draft-saved' | 'policy-draft-discarded';

function entry(draft: Pick<EntryDraft<OfDrafts>, 'kind' | 'data'>, stream: RegisteredStream, personId: string) {
  const about = { stream: stream.name, flagId: null, actor: { kind: 'person', id: personId } } as const;
  return { ...draft, ...about } as EntryDraft<OfDrafts>;
}
