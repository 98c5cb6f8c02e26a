import { Injectable } from '@nestjs/common';
import type {
  Comment,
  FlagItem,
  Prediction,
  ReasonCode,
  SignalKind,
  Verdict,
  VerdictKind,
} from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';
import { erasedName, type KeptFlag } from './kept-flag.ts';

/** What is served of one flag at most; more is in the record. */
const maxServed = { verdicts: 50, comments: 200, items: 100 } as const;
/** In a list, a prediction longer than this is served by its answer alone. */
const listedPredictionBytes = 32_768;

/** An item, and where its prediction lies in the stream. */
export interface PlacedItem {
  readonly position: number;
  readonly item: FlagItem;
}

type ByFlag<Part> = ReadonlyMap<string, readonly Part[]>;

/** What lies around flags: predictions, verdicts, comments, items. One query each, however many flags there are. */
@Injectable()
export class SurroundingsStore {
  /**
   * Predictions by the id of the flag; those that are no longer kept are left out.
   *
   * @param isWhole false leaves `input` out, and very long predictions altogether
   */
  async predictions(
    tx: Transaction,
    flags: readonly KeptFlag[],
    isWhole: boolean,
  ): Promise<ReadonlyMap<string, Prediction>> {
    const placed = flags.flatMap(({ life, streamId, place }) =>
      place === null ? [] : [{ id: life.id, streamId, ...place }],
    );
    if (placed.length === 0) {
      return new Map();
    }
    const rows = await tx.query<{ id: string; body: Prediction }[]>(
      `select n.id, p.body from unnest($1::uuid[], $2::int[], $3::bigint[], $4::timestamptz[]) as n (id, stream_id, position, received_at)
       join prediction p on p.stream_id = n.stream_id and p.position = n.position and p.received_at = n.received_at
       ${isWhole ? '' : `where octet_length(p.body::text) <= ${listedPredictionBytes}`}`,
      [
        placed.map(({ id }) => id),
        placed.map(({ streamId }) => streamId),
        placed.map(({ position }) => position),
        placed.map(({ receivedAt }) => receivedAt),
      ],
    );
    return new Map(rows.map(({ id, body }) => [id, isWhole ? body : withoutInput(body)]));
  }

  /** Verdicts of flags, oldest first, undone and superseded ones among them. */
  async verdicts(tx: Transaction, flagIds: readonly string[]): Promise<ByFlag<Verdict>> {
    const rows = await tx.query<VerdictRow[]>(
      `select v.*, author.name from unnest($1::uuid[]) as wanted (id)
       cross join lateral (
         select * from flag_verdict where flag_id = wanted.id order by on_version desc limit ${maxServed.verdicts}
       ) v
       left join person author on author.id = v.by_person
       order by v.flag_id, v.on_version`,
      [flagIds],
    );
    return grouped(rows, verdictOf);
  }

  /** Comments on flags, oldest first. */
  async comments(tx: Transaction, flagIds: readonly string[]): Promise<ByFlag<Comment>> {
    const rows = await tx.query<CommentRow[]>(
      `select c.*, author.name from unnest($1::uuid[]) as wanted (id)
       cross join lateral (
         select flag_id, id, by_person, at, text from flag_comment
         where flag_id = wanted.id order by at desc, id desc limit ${maxServed.comments}
       ) c
       left join person author on author.id = c.by_person
       order by c.flag_id, c.at, c.id`,
      [flagIds],
    );
    return grouped(rows, ({ id, by_person: by, name, at, text }) => ({
      id,
      by: { id: by, name: name ?? erasedName },
      at: at.toISOString(),
      text,
    }));
  }

  /** The newest items of window flags, newest first. */
  async items(tx: Transaction, flagIds: readonly string[]): Promise<ByFlag<PlacedItem>> {
    if (flagIds.length === 0) {
      return new Map();
    }
    // The last slots are taken in turns, so the newest lie among twice as many.
    const rows = await tx.query<ItemRow[]>(
      `select i.* from unnest($1::uuid[]) as wanted (id)
       cross join lateral (
         select * from (
           select flag_id, number, position, prediction_id, received_at, label, value, confidence, kinds from flag_item
           where flag_id = wanted.id order by slot desc limit ${2 * maxServed.items}
         ) last order by number desc limit ${maxServed.items}
       ) i
       order by i.flag_id, i.number desc`,
      [flagIds],
    );
    return grouped(rows, (row) => ({ position: Number(row.position), item: itemOf(row) }));
  }
}

interface VerdictRow {
  readonly flag_id: string;
  readonly id: string;
  readonly verdict: VerdictKind;
  readonly label: string | null;
  readonly value: number | null;
  readonly reason: ReasonCode | null;
  readonly note: string | null;
  readonly by_person: string;
  readonly name: string | null;
  readonly at: Date;
  readonly supersedes: string | null;
  readonly undone_at: Date | null;
}

interface CommentRow {
  readonly flag_id: string;
  readonly id: string;
  readonly by_person: string;
  readonly name: string | null;
  readonly at: Date;
  readonly text: string;
}

interface ItemRow {
  readonly flag_id: string;
  readonly position: string;
  readonly prediction_id: string;
  readonly received_at: Date;
  readonly label: string | null;
  readonly value: number | null;
  readonly confidence: number | null;
  readonly kinds: SignalKind[];
}

function verdictOf(row: VerdictRow): Verdict {
  return {
    id: row.id,
    verdict: row.verdict,
    ...(row.label !== null && { label: row.label }),
    ...(row.value !== null && { value: row.value }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.note !== null && { note: row.note }),
    by: { id: row.by_person, name: row.name ?? erasedName },
    at: row.at.toISOString(),
    ...(row.supersedes !== null && { supersedes: row.supersedes }),
    ...(row.undone_at !== null && { undoneAt: row.undone_at.toISOString() }),
  };
}

function itemOf({ prediction_id: predictionId, received_at: at, label, value, confidence, kinds }: ItemRow): FlagItem {
  return {
    predictionId,
    at: at.toISOString(),
    ...(label !== null && { label }),
    ...(value !== null && { value }),
    ...(confidence !== null && { confidence }),
    kinds,
  };
}

function withoutInput({ input: _input, ...rest }: Prediction): Prediction {
  return rest;
}

function grouped<Row extends { flag_id: string }, Part>(
  rows: readonly Row[],
  partOf: (row: Row) => Part,
): ByFlag<Part> {
  const groups = new Map<string, Part[]>();
  for (const row of rows) {
    groups.set(row.flag_id, [...(groups.get(row.flag_id) ?? []), partOf(row)]);
  }
  return groups;
}
