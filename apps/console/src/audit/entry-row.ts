import type { RecordEntry, ServedEntry } from '@watchfloor/contracts';
import { reasonFaces } from '../flag/answer/reasons.ts';
import { answerWords } from '../flag/answer-words.ts';
import { figure } from '../flag/figure.ts';
import { adjudicatorWords } from '../flag/adjudicator-words.ts';
import { signalWords } from '../flag/signal-words.ts';
import { isReadable } from '../live/reduce.ts';
import { entryWords } from './entry-words.ts';

/** An entry as a row of the history. */
export interface EntryRow {
  readonly number: number;
  /** Null for an entry that one may not read: its number is all there is. */
  readonly entry: RecordEntry | null;
  readonly what: string;
  readonly model: string;
  readonly answer: string;
  readonly reason: string;
  readonly who: string;
}

export function entryRowOf(served: ServedEntry): EntryRow {
  if (!isReadable(served)) {
    return {
      number: served.number,
      entry: null,
      what: 'not for your role',
      model: '',
      answer: '',
      reason: '',
      who: '',
    };
  }
  return {
    number: served.number,
    entry: served,
    what: entryWords[served.kind],
    who: served.actor.kind === 'system' ? served.actor.part : served.actorName,
    ...saidIn(served),
  };
}

type Said = Pick<EntryRow, 'model' | 'answer' | 'reason'>;
const nothing: Said = { model: '', answer: '', reason: '' };

/** What the model had said, what the person did about it, and why. */
function saidIn(entry: RecordEntry): Said {
  switch (entry.kind) {
    case 'flag-settled':
    case 'verdict-superseded': {
      const { modelLabel, modelValue, reason } = entry.data;
      return {
        model: modelLabel ?? (modelValue === undefined ? '' : figure(modelValue)),
        answer: answerWords(entry.data),
        reason: reason === undefined ? '' : reasonFaces[reason].words,
      };
    }
    case 'flag-raised':
      return { ...nothing, answer: entry.data.flag.priority, reason: entry.data.flag.reason };
    case 'flag-joined':
      return {
        ...nothing,
        answer: entry.data.itemCount === 0 ? 'again' : `${figure(entry.data.itemCount)} gathered`,
        reason: kindsIn(entry.data.kinds),
      };
    case 'flag-escalated':
      return { ...nothing, answer: `to ${entry.data.priority}`, reason: entry.data.reason ?? '' };
    case 'flag-snoozed':
      return { ...nothing, answer: `until ${entry.data.until.slice(11, 16)} UTC`, reason: entry.data.reason ?? '' };
    case 'flag-skipped':
      return { ...nothing, reason: entry.data.reason ?? '' };
    case 'flag-lapsed':
      return { ...nothing, answer: entry.data.action };
    case 'flag-withdrawn':
      return { ...nothing, answer: entry.data.because };
    case 'audit-adjudicated':
      return {
        ...nothing,
        answer: entry.data.isError ? 'the model was wrong' : 'the model was right',
        reason: adjudicatorWords[entry.data.by],
      };
    case 'stream-registered':
      return { ...nothing, answer: `policy v${entry.data.policyVersion}` };
    case 'policy-changed':
      return {
        ...nothing,
        answer: `v${entry.data.from} to v${entry.data.to}`,
        reason: entry.data.reason ?? entry.data.changed.join(', '),
      };
    case 'policy-draft-saved':
      return { ...nothing, answer: `draft of v${entry.data.basedOn}`, reason: entry.data.changed.join(', ') };
    case 'risk-epoch-begun':
      return { ...nothing, answer: `epoch ${entry.data.epoch}`, reason: entry.data.because };
    case 'certificate-won':
      return { ...nothing, answer: `from ${entry.data.threshold.toPrecision(3)}` };
    case 'certificate-revoked':
      return { ...nothing, answer: `${entry.data.errors} of ${entry.data.answers} wrong` };
    case 'risk-plan-changed':
      return { ...nothing, answer: `audits ${entry.data.above.toPrecision(3)}`, reason: entry.data.because };
    case 'person-added':
      return { ...nothing, answer: entry.data.roles.join(', ') };
    case 'person-changed':
      return { ...nothing, answer: entry.data.changed.join(', ') };
    case 'person-signed-in':
      return { ...nothing, answer: `by ${entry.data.by}` };
    case 'key-created':
      return { ...nothing, answer: entry.data.streams.join(', ') };
    case 'record-exported':
      return { ...nothing, answer: `${figure(entry.data.count)} as ${entry.data.format}` };
    case 'duties-set':
      return { ...nothing, answer: entry.data.separationOfDuties ? 'separated' : 'not separated' };
    case 'policy-draft-discarded':
    case 'flag-claimed':
    case 'flag-released':
    case 'claim-expired':
    case 'flag-woken':
    case 'flag-commented':
    case 'verdict-undone':
    case 'person-signed-out':
    case 'key-revoked':
      return nothing;
  }
}

function kindsIn(kinds: RecordEntry<'flag-joined'>['data']['kinds']): string {
  return kinds.map((kind) => signalWords[kind]).join(', ');
}
