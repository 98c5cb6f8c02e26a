import type { EntryKind, ReasonCode, RecordEntry, RecordQuery, VerdictKind } from '@watchfloor/contracts';
import { reasonFaces } from '../flag/answer/reasons.ts';
import { isEntryKind } from './entry-words.ts';

/** What the history is narrowed to, and which entry is open; it stands in the address. */
export interface HistorySearch {
  readonly kind?: readonly EntryKind[];
  readonly stream?: string;
  readonly flag?: string;
  readonly person?: string;
  readonly verdict?: VerdictKind;
  readonly reason?: ReasonCode;
  /** Instants in UTC; `from` counts, `to` does not. */
  readonly from?: string;
  readonly to?: string;
  /** Number of the open entry. */
  readonly entry?: number;
}

export type HistoryFilter = Omit<HistorySearch, 'entry'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads the address; what it cannot mean is left out. */
export function historySearchOf(raw: Readonly<Record<string, unknown>>): HistorySearch {
  const kind = textOf(raw.kind)?.split(',').filter(isEntryKind) ?? [];
  const stream = textOf(raw.stream);
  const flag = textOf(raw.flag);
  const person = textOf(raw.person);
  const from = instantOf(raw.from);
  const to = instantOf(raw.to);
  const entry = Number(raw.entry);
  return {
    ...(kind.length > 0 ? { kind } : {}),
    ...(stream === undefined ? {} : { stream }),
    ...(flag !== undefined && uuid.test(flag) ? { flag } : {}),
    ...(person !== undefined && uuid.test(person) ? { person } : {}),
    ...(isVerdict(raw.verdict) ? { verdict: raw.verdict } : {}),
    ...(isReason(raw.reason) ? { reason: raw.reason } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(raw.entry !== undefined && Number.isSafeInteger(entry) && entry >= 0 ? { entry } : {}),
  };
}

/** The search as it stands in the address: one word per filter. */
export type HistoryAddress = Partial<Record<Exclude<keyof HistorySearch, 'entry'>, string>> & {
  readonly entry?: number;
};

export function historyAddressOf({ kind, ...rest }: HistorySearch): HistoryAddress {
  return kind === undefined ? rest : { ...rest, kind: kind.join(',') };
}

/** The search as the server is asked. */
export function recordQueryOf(filter: HistoryFilter): Omit<RecordQuery, 'after' | 'before' | 'limit'> {
  const { kind, flag, person, stream, verdict, reason, from, to } = filter;
  return {
    ...(kind === undefined ? {} : { kind: kind.join(',') }),
    ...(stream === undefined ? {} : { stream }),
    ...(flag === undefined ? {} : { flagId: flag }),
    ...(person === undefined ? {} : { personId: person }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(reason === undefined ? {} : { reason }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Whether an entry that came live belongs into the list; the server's answer stays the measure. */
export function isWithin(filter: HistoryFilter, entry: RecordEntry): boolean {
  const { kind, flag, person, stream, verdict, reason, from, to } = filter;
  return (
    (kind === undefined || kind.includes(entry.kind)) &&
    (stream === undefined || entry.stream === stream) &&
    (flag === undefined || entry.flagId === flag) &&
    (person === undefined || (entry.actor.kind === 'person' && entry.actor.id === person)) &&
    (verdict === undefined || ('verdict' in entry.data && entry.data.verdict === verdict)) &&
    (reason === undefined || ('reason' in entry.data && entry.data.reason === reason)) &&
    (from === undefined || entry.at >= from) &&
    (to === undefined || entry.at < to)
  );
}

export function isFiltered(filter: HistoryFilter): boolean {
  return Object.keys(recordQueryOf(filter)).length > 0;
}

export function filterOf(search: HistorySearch): HistoryFilter {
  const { entry: _, ...filter } = search;
  return filter;
}

export function isVerdict(value: unknown): value is VerdictKind {
  return value === 'confirmed' || value === 'overridden';
}

export function isReason(value: unknown): value is ReasonCode {
  return typeof value === 'string' && Object.hasOwn(reasonFaces, value);
}

export function isUuid(value: string): boolean {
  return uuid.test(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return String(value);
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function instantOf(value: unknown): string | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
