import type { EntryActor, EntryBody, EntryKind, FlagRow } from '@watchfloor/contracts';
import type { Answered, FlagLife, PredictionSubject, WindowSubject } from '@watchfloor/flags';
import { priorityOf, mostUrgent } from '@watchfloor/flags';
import type { EntryDraft } from '../record/entry-draft.ts';
import type { KeptFlag } from './kept-flag.ts';

/** What detectors, clocks and lanes do to flags is done by this part of the system. */
export const flagsActor: EntryActor = { kind: 'system', part: 'flags' };

type Told = Pick<KeptFlag, 'life' | 'stream'>;
/** What an entry of a kind holds. */
export type DataOf<Kind extends EntryKind> = Extract<EntryBody, { kind: Kind }>['data'];

/** An entry about one flag. */
export function entryOf<Kind extends EntryKind>(
  kind: Kind,
  { life, stream }: Told,
  actor: EntryActor,
  data: DataOf<Kind>,
): EntryDraft {
  return { kind, stream, flagId: life.id, actor, data } as EntryDraft;
}

/** @param secondLookOf the flag that asked first, with its version, where this is a second look */
export function raisedEntry(flag: Told, secondLookOf?: FlagRow['secondLookOf']): EntryDraft {
  const policyVersion = flag.life.signals[0]?.policyVersion ?? 0;
  const row = { ...rowOf(flag), ...(secondLookOf !== undefined && { secondLookOf }) };
  return entryOf('flag-raised', flag, flagsActor, { flag: row, policyVersion });
}

export function joinedEntry(flag: Told, version = flag.life.version): EntryDraft {
  const { subject, priority, kinds } = flag.life;
  const itemCount = subject.kind === 'window' ? subject.itemCount : 0;
  return entryOf('flag-joined', flag, flagsActor, {
    version,
    itemCount,
    priority,
    kinds: [...kinds],
    reason: reasonOf(flag.life),
  });
}

/** What the record holds of an answer: the note only as a digest. */
export function verdictData(
  life: FlagLife,
  { verdict, undoUntil }: Answered,
  noteDigest: string | null,
  policyVersion: number,
) {
  const { label, value, reason } = verdict;
  return {
    version: life.version,
    verdictId: verdict.id,
    verdict: verdict.verdict,
    ...(label !== undefined && { label }),
    ...(value !== undefined && { value }),
    ...modelAnswer(life.subject),
    ...(reason !== undefined && { reason }),
    ...(noteDigest !== null && { noteDigest }),
    policyVersion,
    ...(undoUntil !== null && { undoUntil }),
  };
}

/** The one sentence of a flag: that of its most urgent signal. */
export function reasonOf({ signals }: FlagLife): string {
  const priorities = signals.map(priorityOf);
  return signals[priorities.indexOf(mostUrgent(priorities))]?.reason ?? '';
}

function rowOf({ life, stream }: Told): FlagRow {
  const { subject } = life;
  return {
    id: life.id,
    version: life.version,
    stream,
    state: life.stage.state,
    priority: life.priority,
    raisedAt: life.raisedAt,
    ...(life.dueAt !== null && { dueAt: life.dueAt }),
    subjectKind: subject.kind,
    ...(subject.kind === 'prediction' ? { predictionId: subject.predictionId } : { itemCount: subject.itemCount }),
    kinds: [...life.kinds],
    reason: reasonOf(life),
  };
}

function modelAnswer(subject: PredictionSubject | WindowSubject): { modelLabel?: string; modelValue?: number } {
  if (subject.kind === 'window') {
    return {};
  }
  return {
    ...(subject.label !== null && { modelLabel: subject.label }),
    ...(subject.value !== null && { modelValue: subject.value }),
  };
}
