import {
  priorities,
  type Adjudicator,
  type AuditStanding,
  type Instant,
  type Signal,
  type SignalKind,
  type VerdictKind,
  type ReasonCode,
} from '@watchfloor/contracts';
import type { CauseGroup, FlagLife, PredictionSubject, Stage, WindowSubject } from '@watchfloor/flags';

/** A flag as it lies in the database: its life, and where it belongs. */
export interface KeptFlag {
  readonly life: FlagLife;
  readonly streamId: number;
  readonly stream: string;
  /** Where the prediction lies that it asks about; null for a window. */
  readonly place: { readonly position: number; readonly receivedAt: Instant } | null;
  /** The instant of the transaction (or, outside one, of the statement) that read it. */
  readonly readAt: Instant;
  /** How many of its items the record knows of, and since when. */
  readonly told: { readonly items: number; readonly at: Instant | null };
}

/** A row of `flag`, with the names of people and the verdict that stands. */
export interface FlagRow {
  readonly id: string;
  readonly version: number;
  readonly stream_id: number;
  readonly stream: string;
  readonly state: FlagLife['stage']['state'];
  readonly priority: number;
  readonly raised_at: Date;
  readonly due_at: Date | null;
  readonly kinds: SignalKind[];
  readonly signals: Signal[];
  readonly position: string | null;
  readonly received_at: Date | null;
  readonly prediction_id: string | null;
  readonly label: string | null;
  readonly value: number | null;
  readonly cause: CauseGroup | null;
  readonly from_at: Date | null;
  readonly to_at: Date | null;
  readonly item_count: number;
  readonly told_items: number;
  readonly told_at: Date | null;
  readonly claimed_by: string | null;
  readonly holder_name: string | null;
  readonly claim_digest: string | null;
  readonly returns_at: Date | null;
  readonly closed_at: Date | null;
  readonly lapse_action: string | null;
  readonly withdrawn_because: string | null;
  readonly second_look_of: string | null;
  readonly not_for: string[] | null;
  readonly audit: AuditRow | null;
  readonly answered: AnsweredRow | null;
  readonly read_at: Date;
}

interface AnsweredRow {
  readonly id: string;
  readonly verdict: VerdictKind;
  readonly label: string | null;
  readonly value: number | null;
  readonly reason: ReasonCode | null;
  readonly at: string;
  readonly by: string;
  readonly name: string | null;
  readonly supersedes: string | null;
  readonly onVersion: number;
  readonly claimDigest: string | null;
  readonly undoUntil: string | null;
}

interface AuditRow {
  readonly secondLookId: string | null;
  readonly isError: boolean | null;
  readonly by: Adjudicator | null;
  readonly at: string | null;
}

/** Shown where a person is known no more. */
export const erasedName = 'somebody erased';

/** What every query for {@link FlagRow}s selects, from `flag f`. */
export const flagColumns = `
  f.id, f.version, f.stream_id, f.stream, f.state, f.priority, f.raised_at, nullif(f.due_at, 'infinity') as due_at,
  f.kinds, f.signals, f.position, f.received_at, f.prediction_id, f.label, f.value, f.cause, f.from_at, f.to_at,
  f.item_count, f.told_items, f.told_at, f.claimed_by, holder.name as holder_name, f.claim_digest, f.returns_at, f.closed_at,
  f.lapse_action, f.withdrawn_because, f.second_look_of,
  case when f.second_look_of is not null then array(
    select h.person_id from flag_holder h where h.flag_id = f.second_look_of) end as not_for,
  case when a.flag_id is not null then json_build_object(
    'secondLookId', a.second_look_id, 'isError', a.is_error, 'by', a.adjudicated_by, 'at', a.adjudicated_at) end as audit,
  case when v.id is not null then json_build_object(
    'id', v.id, 'verdict', v.verdict, 'label', v.label, 'value', v.value, 'reason', v.reason, 'at', v.at, 'by', v.by_person,
    'name', author.name, 'supersedes', v.supersedes, 'onVersion', v.on_version, 'claimDigest', v.claim_digest,
    'undoUntil', v.undo_until) end as answered,
  now() as read_at`;

/** The tables behind {@link flagColumns}, besides `flag f`. */
export const flagJoins = `
  left join person holder on holder.id = f.claimed_by
  left join flag_verdict v on v.id = f.verdict_id
  left join person author on author.id = v.by_person
  left join flag_audit a on a.flag_id = f.id`;

export function keptFlagOf(row: FlagRow): KeptFlag {
  const { position, received_at: receivedAt } = row;
  return {
    life: {
      id: row.id,
      version: row.version,
      priority: priorities[row.priority - 1] ?? 'P4',
      raisedAt: row.raised_at.toISOString(),
      dueAt: row.due_at?.toISOString() ?? null,
      subject: subjectOf(row),
      kinds: row.kinds,
      signals: row.signals,
      stage: stageOf(row),
      audit: auditOf(row),
      secondLook: row.second_look_of === null ? null : { of: row.second_look_of, notFor: row.not_for ?? [] },
    },
    streamId: row.stream_id,
    stream: row.stream,
    place:
      position === null || receivedAt === null
        ? null
        : { position: Number(position), receivedAt: receivedAt.toISOString() },
    readAt: row.read_at.toISOString(),
    told: { items: row.told_items, at: row.told_at?.toISOString() ?? null },
  };
}

function subjectOf(row: FlagRow): PredictionSubject | WindowSubject {
  if (row.cause === null) {
    return { kind: 'prediction', predictionId: row.prediction_id ?? '', label: row.label, value: row.value };
  }
  return {
    kind: 'window',
    group: row.cause,
    from: isoOf(row.from_at),
    to: isoOf(row.to_at),
    itemCount: row.item_count,
  };
}

function stageOf(row: FlagRow): Stage {
  switch (row.state) {
    case 'open':
      return { state: 'open' };
    case 'claimed': {
      const by = { id: row.claimed_by ?? '', name: row.holder_name ?? erasedName };
      return { state: 'claimed', claim: { by, tokenDigest: row.claim_digest ?? '', expiresAt: isoOf(row.returns_at) } };
    }
    case 'snoozed':
      return { state: 'snoozed', until: isoOf(row.returns_at) };
    case 'settled':
      return { state: 'settled', answered: answeredOf(row) };
    case 'lapsed':
      return { state: 'lapsed', at: isoOf(row.closed_at), action: row.lapse_action ?? '' };
    case 'withdrawn':
      return { state: 'withdrawn', at: isoOf(row.closed_at), because: row.withdrawn_because ?? '' };
  }
}

function auditOf({ audit }: FlagRow): AuditStanding | null {
  if (audit === null) {
    return null;
  }
  const { secondLookId, isError, by, at } = audit;
  if (isError !== null && by !== null && at !== null) {
    const adjudicated = { state: 'adjudicated', isError, by, at: new Date(at).toISOString() } as const;
    return { ...adjudicated, ...(secondLookId !== null && { secondLookId }) };
  }
  return secondLookId === null ? { state: 'first-look' } : { state: 'second-look', secondLookId };
}

function answeredOf({ id, answered }: FlagRow): Extract<Stage, { state: 'settled' }>['answered'] {
  if (answered === null) {
    throw new Error(`flag ${id} is settled without a verdict`);
  }
  const { label, value, reason, supersedes, undoUntil } = answered;
  return {
    verdict: {
      id: answered.id,
      verdict: answered.verdict,
      ...(label !== null && { label }),
      ...(value !== null && { value }),
      ...(reason !== null && { reason }),
      by: { id: answered.by, name: answered.name ?? erasedName },
      at: new Date(answered.at).toISOString(),
      ...(supersedes !== null && { supersedes }),
    },
    onVersion: answered.onVersion,
    claimDigest: answered.claimDigest,
    undoUntil: undoUntil === null ? null : new Date(undoUntil).toISOString(),
  };
}

function isoOf(date: Date | null): Instant {
  if (date === null) {
    throw new Error('a flag lacks an instant that its state asks for');
  }
  return date.toISOString();
}
