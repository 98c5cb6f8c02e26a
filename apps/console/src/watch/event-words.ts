import type { RecordEntry } from '@watchfloor/contracts';

/** What happened, after the actor's name: `M. Ito` + `overrode: fraud → legitimate`. One line, without a full stop. */
export function eventWords(entry: RecordEntry): string {
  switch (entry.kind) {
    case 'stream-registered':
      return `registered the stream with policy ${String(entry.data.policyVersion)}`;
    case 'policy-changed':
      return `changed the policy from ${String(entry.data.from)} to ${String(entry.data.to)}${because(entry.data.reason)}`;
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
