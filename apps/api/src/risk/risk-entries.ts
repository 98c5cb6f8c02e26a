import type { EntryBody, Policy } from '@watchfloor/contracts';
import type { RiskEvent } from '@watchfloor/risk';
import type { EntryDraft } from '../record/entry-draft.ts';
import type { StreamRisk } from './stream-risk.ts';

const actor = { kind: 'system', part: 'risk' } as const;
/** Evidence grows without bound, and what follows JSON's rules has no infinity. */
const most = 1e300;

type Kind = 'risk-epoch-begun' | 'certificate-won' | 'certificate-revoked' | 'risk-plan-changed';
export type PlanCause = EntryDraft<'risk-plan-changed'>['data']['because'];

/** What the record is told of a change; nothing of an end that the next epoch tells. */
export function eventEntry(stream: string, event: RiskEvent, target: number): EntryDraft[] {
  switch (event.kind) {
    case 'certified': {
      const { epoch, threshold, coverage, wealth, needed } = event;
      const data = { epoch, threshold, coverage, target, wealth: bounded(wealth), needed: bounded(needed) };
      return [draft(stream, 'certificate-won', data)];
    }
    case 'revoked': {
      const { epoch, evidence, needed, errors, answers } = event;
      const data = { epoch, target, evidence: bounded(evidence), needed: bounded(needed), errors, answers };
      return [draft(stream, 'certificate-revoked', data)];
    }
    case 'renewed':
      return [];
  }
}

export function epochEntry(stream: string, { control, cause }: StreamRisk, { risk }: Pick<Policy, 'risk'>): EntryDraft {
  const { epoch } = control;
  return draft(stream, 'risk-epoch-begun', { epoch, target: risk.target, confidence: risk.confidence, because: cause });
}

/** @param own the chance that the policy gives where no plan does */
export function planEntry(
  stream: string,
  { control, plan }: StreamRisk,
  own: number,
  afterPosition: number,
  because: PlanCause,
): EntryDraft {
  const { certified, above, below } = plan ?? { certified: null, above: own, below: own };
  return draft(stream, 'risk-plan-changed', {
    epoch: control.epoch,
    certified,
    above,
    below,
    afterPosition,
    because,
  });
}

function draft<K extends Kind>(stream: string, kind: K, data: EntryBody<K>['data']): EntryDraft {
  return { kind, stream, flagId: null, actor, data } as EntryDraft;
}

function bounded(evidence: number): number {
  return Math.min(most, evidence);
}
