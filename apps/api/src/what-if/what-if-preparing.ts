import { Injectable } from '@nestjs/common';
import type { PolicySettings, WhatIfRequest } from '@watchfloor/contracts';
import { mostReplayed } from '@watchfloor/contracts';
import type { WatchSettings } from '@watchfloor/detection';
import { PeopleService } from '../access/people.service.ts';
import { DatabaseAddress } from '../platform/database/database-address.ts';
import { Work } from '../platform/database/work.ts';
import { refuse } from '../platform/http/refused.ts';
import { RiskService } from '../risk/risk.service.ts';
import type { StoredAnswer } from '../risk/risk.store.ts';
import { AuditKeys } from '../streams/audit-keys.ts';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import type { AuditColumns, WhatIfTask } from './what-if-task.ts';
import { WhatIfStore } from './what-if.store.ts';

const usualPredictions = 100_000;

/** So many predictions before the window show the detectors what is usual. */
const warmUpPredictions = 5_000;

/** Finds out all that a thread must know before it replays a window. */
@Injectable()
export class WhatIfPreparing {
  constructor(
    private readonly work: Work,
    private readonly store: WhatIfStore,
    private readonly people: PeopleService,
    private readonly auditKeys: AuditKeys,
    private readonly risk: RiskService,
    private readonly address: DatabaseAddress,
  ) {}

  /** @throws Refused when there is nothing to replay */
  async task(stream: RegisteredStream, request: WhatIfRequest): Promise<WhatIfTask> {
    const { from = null, to = null, predictions } = request;
    const reviewers = await this.people.deciding();
    return this.work.read(async (tx) => {
      const last = await this.store.last(tx, stream.id, to);
      const most = predictions ?? (from === null ? usualPredictions : mostReplayed);
      const start = Math.max(1, (last?.position ?? 0) - most + 1);
      const first = await this.store.first(tx, stream.id, start, from);
      if (last === undefined || first === undefined || first.position > last.position) {
        refuse('not-found', 'no predictions of this stream are stored from that time');
      }
      const warm =
        (await this.store.first(tx, stream.id, Math.max(1, first.position - warmUpPredictions), null)) ?? first;
      const { settings, against } = request;
      const autonomy = stream.policy.autonomy;
      return {
        databaseUrl: this.address.url,
        window: {
          streamId: stream.id,
          fromPosition: warm.position,
          toPosition: last.position,
          from: warm.receivedAt,
          to: last.receivedAt,
          withOutcomes: await this.store.hasOutcomes(tx, stream.id),
        },
        countsFrom: first.position,
        settings: this.watchSettings(stream, settings),
        before:
          against === undefined
            ? { kind: 'stored', autonomy }
            : { kind: 'policy', settings: this.watchSettings(stream, against) },
        audits: columnsOf(await this.risk.answers(tx, stream.id, first.position, last.position)),
        reviewers,
        history:
          against === undefined ? await this.store.windowFlags(tx, stream.id, first.receivedAt, last.receivedAt) : null,
      };
    });
  }

  private watchSettings({ name, policy }: RegisteredStream, settings: PolicySettings): WatchSettings {
    const { autonomy, labels, alarms, detectors } = settings;
    return {
      streamName: name,
      policyVersion: policy.version,
      autonomy,
      labels,
      alarms,
      detectors,
      auditKey: this.auditKeys.key,
      auditPlan: isSamePromise(policy, settings) ? this.risk.planOf(name) : null,
    };
  }
}

/** A certificate is one for its target: another promise ends it. */
function isSamePromise({ risk }: Pick<PolicySettings, 'risk'>, { risk: other }: Pick<PolicySettings, 'risk'>): boolean {
  return risk.target === other.target && risk.confidence === other.confidence;
}

function columnsOf(answers: readonly StoredAnswer[]): AuditColumns {
  return {
    positions: Float64Array.from(answers, ({ position }) => position),
    probabilities: Float64Array.from(answers, ({ probability }) => probability),
    errors: Uint8Array.from(answers, ({ isError }) => (isError ? 1 : 0)),
  };
}
