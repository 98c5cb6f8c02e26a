import { Injectable } from '@nestjs/common';
import type { FoundPrediction } from '@watchfloor/flags';
import type { RegisteredStream } from '../streams/registered-stream.ts';
import { afterCommit, type Transaction } from '../platform/database/work.ts';

/** More labels than this cannot be offered; the policy may declare as many. */
export const maxSeenLabels = 100;

/** What another instance has seen is read after so long. */
const freshForMs = 60_000;

/** Labels to remember of a stream in one transaction. */
export interface Seen {
  readonly stream: RegisteredStream;
  readonly predictions: readonly FoundPrediction[];
}

/**
 * The labels that a stream without declared ones has been seen to use, in flagged predictions and their scores. They are offered in
 * the order in which they were first seen, so that an answer key never changes its label.
 */
@Injectable()
export class SeenLabels {
  private readonly known = new Map<number, { readonly labels: readonly string[]; readonly readAt: number }>();

  async remember(tx: Transaction, seen: readonly Seen[]): Promise<void> {
    const wanting = seen.filter(({ stream }) => stream.task === 'label' && stream.policy.labels.length === 0);
    await this.read(
      tx,
      wanting.map(({ stream }) => stream.id),
    );
    const added = wanting
      .map(({ stream, predictions }) => this.newOf(stream.id, predictions))
      .filter(({ labels }) => labels.length > 0);
    if (added.length === 0) {
      return;
    }
    const rows = added.flatMap(({ streamId, labels, after }) =>
      labels.map((label, index) => ({ streamId, label, number: after + index + 1 })),
    );
    await tx.query(
      `insert into flag_label (stream_id, label, number) select * from unnest($1::int[], $2::text[], $3::int[]) on conflict do nothing`,
      [rows.map(({ streamId }) => streamId), rows.map(({ label }) => label), rows.map(({ number }) => number)],
    );
    afterCommit(tx, () => added.forEach(({ streamId }) => this.known.delete(streamId)));
  }

  /** @returns labels by the id of the stream, in the order of their keys */
  async of(tx: Transaction, streamIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    await this.read(tx, streamIds);
    return new Map(streamIds.map((id) => [id, this.knownOf(id)]));
  }

  private newOf(streamId: number, predictions: readonly FoundPrediction[]) {
    const known = this.knownOf(streamId);
    const labels = new Set<string>();
    if (known.length < maxSeenLabels) {
      for (const { observed } of predictions) {
        const { label, scores = {} } = observed.prediction;
        // The scores come in any order that the model's dictionary had that day.
        Object.keys(scores)
          .sort()
          .forEach((each) => labels.add(each));
        if (label !== undefined) {
          labels.add(label);
        }
      }
      known.forEach((label) => labels.delete(label));
    }
    return { streamId, labels: [...labels].slice(0, maxSeenLabels - known.length), after: known.length };
  }

  private async read(tx: Transaction, streamIds: readonly number[]): Promise<void> {
    const readAt = performance.now();
    const unknown = [...new Set(streamIds)].filter(
      (id) => readAt - (this.known.get(id)?.readAt ?? -Infinity) > freshForMs,
    );
    if (unknown.length === 0) {
      return;
    }
    const rows = await tx.query<{ stream_id: number; labels: string[] }[]>(
      `select stream_id, array_agg(label order by number, label) as labels from flag_label where stream_id = any ($1) group by stream_id`,
      [unknown],
    );
    unknown.forEach((id) => this.known.set(id, { labels: [], readAt }));
    rows.forEach((row) => this.known.set(row.stream_id, { labels: row.labels, readAt }));
  }

  private knownOf(streamId: number): readonly string[] {
    return this.known.get(streamId)?.labels ?? [];
  }
}
