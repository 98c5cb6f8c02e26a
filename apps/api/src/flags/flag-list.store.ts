import { Injectable } from '@nestjs/common';
import { priorities, type FlagState, type Priority, type SignalKind } from '@watchfloor/contracts';
import type { Transaction } from '../platform/database/work.ts';
import { flagColumns, flagJoins, keptFlagOf, type FlagRow, type KeptFlag } from './kept-flag.ts';

/** Which flags a list holds. */
export interface FlagFilter {
  readonly states: readonly FlagState[];
  readonly streamId?: number;
  readonly priority?: Priority;
  readonly kind?: SignalKind;
  /** Only flags that this person holds. */
  readonly heldBy?: string;
}

/** Where a page ends: the last flag's place in the order of the list. */
export interface FlagPlace {
  readonly priority: number;
  /** ISO 8601, or `infinity`. */
  readonly dueAt: string;
  readonly raisedAt: string;
  readonly id: string;
}

const waiting: readonly FlagState[] = ['open', 'claimed', 'snoozed'];

/** Lists of flags: those that wait in the order of the queue, others newest first. */
@Injectable()
export class FlagListStore {
  async page(tx: Transaction, filter: FlagFilter, after: FlagPlace | undefined, limit: number): Promise<KeptFlag[]> {
    const parameters: unknown[] = [];
    const parameter = (value: unknown): string => `$${parameters.push(value)}`;
    const isQueue = filter.states.every((state) => waiting.includes(state));
    const conditions = [
      // States stand in the text so that the planner sees which partial index fits.
      `f.state in (${filter.states.map((state) => `'${state}'`).join(', ')})`,
      ...(filter.streamId === undefined ? [] : [`f.stream_id = ${parameter(filter.streamId)}`]),
      ...(filter.priority === undefined ? [] : [`f.priority = ${parameter(priorities.indexOf(filter.priority) + 1)}`]),
      ...(filter.kind === undefined ? [] : [`${parameter(filter.kind)} = any (f.kinds)`]),
      ...(filter.heldBy === undefined ? [] : [`f.claimed_by = ${parameter(filter.heldBy)}`]),
    ];
    if (after !== undefined) {
      const id = (): string => `${parameter(after.raisedAt)}::timestamptz, ${parameter(after.id)}::uuid`;
      conditions.push(
        isQueue
          ? `(f.priority, f.due_at, f.raised_at, f.id) > (${parameter(after.priority)}::smallint, ${parameter(after.dueAt)}::timestamptz, ${id()})`
          : `(f.raised_at, f.id) < (${id()})`,
      );
    }
    const rows = await tx.query<FlagRow[]>(
      `select ${flagColumns} from flag f ${flagJoins} where ${conditions.join(' and ')}
       order by ${isQueue ? 'f.priority, f.due_at, f.raised_at, f.id' : 'f.raised_at desc, f.id desc'} limit ${parameter(limit)}`,
      parameters,
    );
    return rows.map(keptFlagOf);
  }

  /** The flag of one prediction: its own, or the newest window flag that has it among its items. */
  async ofPrediction(
    tx: Transaction,
    streamId: number,
    position: number,
  ): Promise<{ id: string; state: FlagState } | undefined> {
    const rows = await tx.query<{ id: string; state: FlagState }[]>(
      `select id, state from (
         select id, state, true as is_own, raised_at from flag
         where stream_id = $1 and position = $2 and second_look_of is null
         union all
         select f.id, f.state, false, f.raised_at from flag_item i join flag f on f.id = i.flag_id
         where i.stream_id = $1 and i.position = $2
       ) found order by is_own desc, raised_at desc limit 1`,
      [streamId, position],
    );
    return rows[0];
  }
}

export function placeOf({ life }: KeptFlag): FlagPlace {
  const { priority, dueAt, raisedAt, id } = life;
  return { priority: priorities.indexOf(priority) + 1, dueAt: dueAt ?? 'infinity', raisedAt, id };
}
