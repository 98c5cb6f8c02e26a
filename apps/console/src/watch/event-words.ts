import type { RecordEntry } from '@watchfloor/contracts';
import { adjudicatorWords } from '../flag/adjudicator-words.ts';

/** What happened, after the actor's name: `M. Ito` + `overrode: fraud → legitimate`. One line, without a full stop. */
export function eventWords(entry: RecordEntry): string {
  switch (entry.kind) {
    case 'stream-registered':
      return `registered the stream with policy ${String(entry.data.policyVersion)}`;
    case 'policy-changed':
      return `${policyWords(entry.data)}${because(entry.data.reason)}`;
    case 'policy-draft-saved':
      return `saved a draft of the policy: ${counted(entry.data.changed.length, 'setting')} other than version ${String(entry.data.basedOn)}`;
    case 'policy-draft-discarded':
      return 'threw a draft of the policy away';
    case 'risk-epoch-begun':
      return `began to certify anew (epoch ${String(entry.data.epoch)}): ${epochWords[entry.data.because]}`;
    case 'certificate-won':
      return `certified a confidence of ${threeDigits(entry.data.threshold)}: errors are below ${share(entry.data.target)} in ${share(entry.data.coverage)} of the stream`;
    case 'certificate-revoked':
      return `revoked all certificates: ${String(entry.data.errors)} errors in ${String(entry.data.answers)} audits speak against ${share(entry.data.target)}`;
    case 'risk-plan-changed':
      return `audits ${share(entry.data.above)} from now on; ${entry.data.certified === null ? 'the policy’s own threshold holds' : `a confidence of ${threeDigits(entry.data.certified)} is enough`}`;
    case 'flag-raised':
      return `raised: ${entry.data.flag.reason}`;
    case 'flag-joined':
      return entry.data.itemCount === 0
        ? `again: ${entry.data.reason}`
        : `now ${entry.data.itemCount.toLocaleString('en')} predictions: ${entry.data.reason}`;
    case 'flag-claimed':
      return 'claimed';
    case 'flag-released':
      return 'gave back';
    case 'claim-expired':
      return 'claim ran out';
    case 'flag-skipped':
      return `skipped${because(entry.data.reason)}`;
    case 'flag-snoozed':
      return `put off until ${entry.data.until.slice(11, 16)} UTC${because(entry.data.reason)}`;
    case 'flag-woken':
      return 'came back';
    case 'flag-escalated':
      return `escalated to ${entry.data.priority}${because(entry.data.reason)}`;
    case 'flag-commented':
      return 'commented';
    case 'flag-settled':
      return verdictWords(entry.data);
    case 'verdict-superseded':
      return `changed the verdict: ${verdictWords(entry.data)}`;
    case 'verdict-undone':
      return 'took the verdict back';
    case 'flag-lapsed':
      return `lapsed; ${entry.data.action}`;
    case 'flag-withdrawn':
      return `withdrew a second look: ${entry.data.because}`;
    case 'audit-adjudicated':
      return `decided an audit: the model was ${entry.data.isError ? 'wrong' : 'right'}; ${adjudicatorWords[entry.data.by]}`;
    case 'person-added':
      return `added a person as ${entry.data.roles.join(', ')}`;
    case 'person-changed':
      return `changed a person: ${entry.data.changed.join(', ')}`;
    case 'person-signed-in':
      return `signed in by ${entry.data.by}`;
    case 'person-signed-out':
      return 'signed out';
    case 'key-created':
      return `made an ingest key for ${entry.data.streams.join(', ')}`;
    case 'key-revoked':
      return 'revoked an ingest key';
    case 'record-exported':
      return `exported ${entry.data.count.toLocaleString('en')} entries as ${entry.data.format}`;
    case 'duties-set':
      return `turned separation of duties ${entry.data.separationOfDuties ? 'on' : 'off'}`;
  }
}

const epochWords: Record<RecordEntry<'risk-epoch-begun'>['data']['because'], string> = {
  'state-unreadable': 'what was known could not be read by this version of the program',
  revoked: 'the certificates were revoked',
  'target-changed': 'the target has changed',
  'model-changed': 'the model has changed',
  'confidences-changed': 'the confidences are others than those that the thresholds were laid among',
};

function policyWords({ from, to, way, restores }: RecordEntry<'policy-changed'>['data']): string {
  const versions = `from ${String(from)} to ${String(to)}`;
  if (way === 'draft') return `published a draft: the policy went ${versions}`;
  if (way === 'rollback') return `rolled the policy back to version ${String(restores)}, as version ${String(to)}`;
  return `changed the policy ${versions}`;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function threeDigits(number: number): string {
  return number.toPrecision(3);
}

function share(part: number): string {
  return `${String(Number((part * 100).toPrecision(3)))} %`;
}

type VerdictData = RecordEntry<'flag-settled'>['data'];

function verdictWords({ verdict, label, value, modelLabel, modelValue, reason }: VerdictData): string {
  const model = modelLabel ?? modelValue;
  const answer = label ?? value;
  const change = model === undefined || answer === undefined ? '' : `: ${String(model)} → ${String(answer)}`;
  return verdict === 'confirmed'
    ? `confirmed${model === undefined ? '' : `: ${String(model)}`}`
    : `overrode${change}${reason === undefined ? '' : ` (${reason})`}`;
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : `: ${reason}`;
}
