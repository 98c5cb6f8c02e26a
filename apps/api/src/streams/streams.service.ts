import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Policy, PolicyApproval, PolicyWay, Prediction, Refusal } from '@watchfloor/contracts';
import { defaultPolicy } from '@watchfloor/contracts';
import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import type { Transaction } from '../platform/database/work.ts';
import { afterCommit, Work } from '../platform/database/work.ts';
import type { EntryDraft } from '../record/entry-draft.ts';
import { namedPaths } from '../record/named-paths.ts';
import { RecordService } from '../record/record.service.ts';
import { changedPaths } from './changed-paths.ts';
import type { RegisteredStream } from './registered-stream.ts';
import { StreamStore } from './stream-store.ts';

/** The most streams that one floor registers by itself; beyond it, predictions of unknown streams are refused. */
export const maxStreams = 10_000;

export interface PolicyChange {
  /** The whole policy, with the version that it was made from. */
  readonly policy: Policy;
  readonly reason?: string | undefined;
  readonly byPerson: string;
  /** Default: `direct`. */
  readonly way?: PolicyWay;
  /** Default: `alone`. */
  readonly approval?: PolicyApproval;
  /** The draft that comes into force. */
  readonly draft?: { readonly id: string; readonly authors: readonly string[] };
  /** The version whose settings come into force again. */
  readonly restores?: number;
}

/** The registry of streams: in memory for reading, in the database for good. */
@Injectable()
export class StreamsService implements OnModuleInit {
  private readonly byName = new Map<string, RegisteredStream>();
  private readonly changed = new Subject<RegisteredStream>();

  constructor(
    private readonly work: Work,
    private readonly store: StreamStore,
    private readonly record: RecordService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.work.read((tx) => this.refresh(tx));
  }

  /** Reads the registry anew, in case another process has changed it. */
  async refresh(tx: Transaction): Promise<void> {
    for (const stream of await this.store.all(tx)) this.byName.set(stream.name, stream);
  }

  /** Streams as they become registered, or change their policy, after the commit. */
  get changes(): Observable<RegisteredStream> {
    return this.changed;
  }

  find(name: string): RegisteredStream | undefined {
    return this.byName.get(name);
  }

  get(name: string): RegisteredStream | Refusal {
    return this.byName.get(name) ?? { refused: 'not-found', because: `there is no stream named ${name}` };
  }

  /** All streams, by name. */
  all(): RegisteredStream[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Registers streams by their first predictions, as part of the transaction that stores these.
   *
   * @param firsts one prediction for each unknown stream
   * @returns the new streams by name; fewer than asked for when the floor is full
   */
  async register(tx: Transaction, firsts: readonly Prediction[]): Promise<ReadonlyMap<string, RegisteredStream>> {
    // A full floor is known without a lock: nobody who goes on sending what is refused may keep others waiting.
    if (firsts.length === 0 || this.byName.size >= maxStreams) return new Map();
    const granted = firsts.slice(0, Math.max(0, maxStreams - (await this.store.countAlone(tx))));
    if (granted.length === 0) return new Map();
    const streams = await this.store.insert(tx, granted.map(newStreamOf), defaultPolicy);
    if (streams.length < granted.length) throw new Error('a stream was registered by another process at the same time');
    await this.record.append(tx, streams.map(registrationOf));
    afterCommit(tx, () => {
      for (const stream of streams) this.hold(stream);
    });
    return new Map(streams.map((stream) => [stream.name, stream]));
  }

  /** Puts a new version of the policy into force with the commit, if nobody was faster. */
  async changePolicy(tx: Transaction, name: string, change: PolicyChange): Promise<RegisteredStream | Refusal> {
    const stream = this.byName.get(name);
    if (stream === undefined) return { refused: 'not-found', because: `there is no stream named ${name}` };
    const version = await this.store.lockVersion(tx, stream.id);
    if (version !== change.policy.version) {
      return {
        refused: 'stale-version',
        because: `the policy is at version ${version} by now; your change was made from version ${change.policy.version}`,
      };
    }
    const policy: Policy = { ...change.policy, version: version + 1 };
    const { byPerson, reason, way = 'direct', approval = 'alone', restores = null } = change;
    const kept = { streamId: stream.id, policy, byPerson, reason: reason ?? null, way, approval, restores };
    await this.store.insertPolicy(tx, kept);
    await this.record.append(tx, [policyChangeOf(stream, policy, change)]);
    const changed = { ...stream, policy };
    afterCommit(tx, () => this.hold(changed));
    return changed;
  }

  private hold(stream: RegisteredStream): void {
    this.byName.set(stream.name, stream);
    this.changed.next(stream);
  }
}

function newStreamOf({ stream, label, model }: Prediction) {
  return { name: stream, task: label === undefined ? ('value' as const) : ('label' as const), model: model ?? null };
}

function registrationOf({ name, task, policy }: RegisteredStream): EntryDraft<'stream-registered'> {
  return {
    kind: 'stream-registered',
    stream: name,
    flagId: null,
    actor: { kind: 'system', part: 'streams' },
    data: { task, policyVersion: policy.version },
  };
}

function policyChangeOf(stream: RegisteredStream, policy: Policy, change: PolicyChange): EntryDraft<'policy-changed'> {
  const { version: to, ...settings } = policy;
  const { version: from, ...before } = stream.policy;
  return {
    kind: 'policy-changed',
    stream: stream.name,
    flagId: null,
    actor: { kind: 'person', id: change.byPerson },
    data: {
      from,
      to,
      ...namedPaths(changedPaths(before, settings)),
      autonomy: policy.autonomy,
      ...(change.reason !== undefined && { reason: change.reason }),
      way: change.way ?? 'direct',
      approval: change.approval ?? 'alone',
      ...(change.draft !== undefined && { draftId: change.draft.id, authors: [...change.draft.authors] }),
      ...(change.restores !== undefined && { restores: change.restores }),
    },
  };
}
