import type { EntryKind, Instant, ReasonCode, RecordQuery, Refusal, VerdictKind } from '@watchfloor/contracts';
import { entryKinds } from '@watchfloor/contracts';

/** What entries are looked up by; all that is set must hold. */
export interface RecordFilter {
  readonly kinds?: readonly EntryKind[];
  readonly stream?: string;
  readonly flagId?: string;
  /** Who did it. */
  readonly personId?: string;
  readonly verdict?: VerdictKind;
  readonly reason?: ReasonCode;
  /** Entries at or after this instant. */
  readonly from?: Instant;
  /** Entries at or before this instant. */
  readonly to?: Instant;
}

/** A stretch of numbers, both ends left out, read upwards from `after` or downwards from `before`. */
export interface RecordSpan {
  readonly after?: number;
  readonly before?: number;
}

/** @returns the filter that a request asks for; a refusal when it names a kind that there is not */
export function filterOf(query: Omit<RecordQuery, 'after' | 'before' | 'limit'>): RecordFilter | Refusal {
  const { kind = '', ...rest } = query;
  if (kind === '') return withoutGaps(rest);
  const kinds = kind.split(',');
  const unknown = kinds.find((name) => !isEntryKind(name));
  if (unknown !== undefined) {
    return { refused: 'malformed', because: `"${unknown}" is no kind of entry; those are ${entryKinds.join(', ')}` };
  }
  return withoutGaps({ ...rest, kinds: kinds.filter(isEntryKind) });
}

/** Whether anything is filtered at all: without a filter every number is served, readable or not. */
export function isFiltering(filter: RecordFilter): boolean {
  return Object.keys(filter).length > 0;
}

function isEntryKind(name: string): name is EntryKind {
  return (entryKinds as readonly string[]).includes(name);
}

type Gappy<Value> = { [Key in keyof Value]: Value[Key] | undefined };

function withoutGaps<Value extends object>(value: Gappy<Value>): Value {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value;
}

/** SQL with its parameters. */
export interface Conditions {
  readonly sql: string;
  readonly parameters: unknown[];
}

/**
 * How much later than its instant an entry may be numbered, at most: longer than any transaction lasts. Beyond it, no entry
 * of an earlier instant follows.
 */
const longestTransaction = '1 hour';

/** What a reader may not see: then it is not found either. */
export interface Unseen {
  readonly kinds?: readonly EntryKind[];
  /** A person from whom entries about some flags are withheld. */
  readonly withheldFrom?: string | undefined;
}

/**
 * The WHERE clause over `record_number n` for a span, a filter and what the reader may not see.
 *
 * A span of time is turned into a span of numbers by `latest_at`, which grows with the number; so a page from the middle of
 * a long record reads no more rows than it serves.
 */
export function conditionsOf(span: RecordSpan, filter: RecordFilter, unseen: Unseen = {}): Conditions {
  const parameters: unknown[] = [];
  const bound = (value: unknown): string => `$${parameters.push(value)}`;
  const firstSince = (instant: string) =>
    `(select number from record_number where latest_at ${instant} order by latest_at, number limit 1)`;
  const conditions = ['true'];

  if (span.after !== undefined) conditions.push(`n.number > ${bound(span.after)}`);
  if (span.before !== undefined) conditions.push(`n.number < ${bound(span.before)}`);
  if (filter.kinds !== undefined) conditions.push(`n.kind = any (${bound(filter.kinds)}::text[])`);
  if (filter.stream !== undefined) conditions.push(`n.stream = ${bound(filter.stream)}`);
  if (filter.flagId !== undefined) conditions.push(`n.flag_id = ${bound(filter.flagId)}`);
  if (filter.personId !== undefined) conditions.push(`n.person_id = ${bound(filter.personId)}`);
  if (filter.verdict !== undefined) conditions.push(`n.verdict = ${bound(filter.verdict)}`);
  if (filter.reason !== undefined) conditions.push(`n.reason = ${bound(filter.reason)}`);
  if (filter.from !== undefined) {
    const from = `${bound(filter.from)}::timestamptz`;
    conditions.push(`n.at >= ${from}`, `n.number >= ${firstSince(`>= ${from}`)}`);
  }
  if (filter.to !== undefined) {
    const to = `${bound(filter.to)}::timestamptz`;
    const end = firstSince(`> ${to} + interval '${longestTransaction}'`);
    conditions.push(`n.at <= ${to}`, `n.number < coalesce(${end}, ${Number.MAX_SAFE_INTEGER})`);
  }
  const { kinds = [], withheldFrom } = unseen;
  if (kinds.length > 0) conditions.push(`n.kind <> all (${bound(kinds)}::text[])`);
  if (withheldFrom !== undefined) {
    conditions.push(
      `not exists (select from record_withheld w where w.flag_id = n.flag_id and ${bound(withheldFrom)} <> all (w.seen_by))`,
    );
  }
  return { sql: conditions.join(' and '), parameters };
}
