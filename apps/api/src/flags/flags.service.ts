import { Injectable } from '@nestjs/common';
import type { Flag, FlagState, Page, Refusal, Verdict } from '@watchfloor/contracts';
import { Work, type Transaction } from '../platform/database/work.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { cursorOf } from './flag-cursor.ts';
import { FlagListStore, placeOf, type FlagFilter, type FlagPlace } from './flag-list.store.ts';
import { FlagRaising } from './flag-raising.ts';
import { FlagStore } from './flag.store.ts';
import type { KeptFlag } from './kept-flag.ts';
import type { LaneFindings } from './lane-findings.ts';
import { OpenFlags, type OpenCounts } from './open-flags.ts';
import { SeenLabels } from './seen-labels.ts';
import { servedFlag } from './served-flag.ts';
import { SurroundingsStore } from './surroundings.store.ts';

export interface FlagPageRequest {
  readonly filter: FlagFilter;
  readonly after?: FlagPlace | undefined;
  /** At most 200. */
  readonly limit: number;
}

/** What became of one prediction. */
export interface FlagOfPrediction {
  readonly flag: { readonly id: string; readonly state: FlagState } | null;
  readonly verdicts: readonly Verdict[];
}

/** Flags as other rooms and readers meet them. What people do to them is in `FlagActs`. */
@Injectable()
export class FlagsService {
  constructor(
    private readonly work: Work,
    private readonly streams: StreamsService,
    private readonly flags: FlagStore,
    private readonly lists: FlagListStore,
    private readonly surroundings: SurroundingsStore,
    private readonly labels: SeenLabels,
    private readonly openFlags: OpenFlags,
    private readonly raising: FlagRaising,
  ) {}

  /** Turns what detectors found in one batch of a lane into raised and joined flags, as part of the lane's transaction. */
  async raiseFrom(tx: Transaction, findings: LaneFindings): Promise<void> {
    await this.raising.raiseFrom(tx, findings);
  }

  /** One flag with all its evidence, as it is in this transaction. */
  async one(tx: Transaction, id: string): Promise<Flag | Refusal> {
    const [flag] = await this.served(tx, await this.flags.load(tx, [id]), true);
    return flag ?? { refused: 'not-found', because: 'There is no such flag' };
  }

  async read(id: string): Promise<Flag | Refusal> {
    return this.work.read((tx) => this.one(tx, id));
  }

  /** A page of flags: those that wait in the order of the queue, others newest first; predictions without their input. */
  async page({ filter, after, limit }: FlagPageRequest): Promise<Page<Flag>> {
    return this.work.read(async (tx) => {
      const found = await this.lists.page(tx, filter, after, limit + 1);
      const items = await this.served(tx, found.slice(0, limit), false);
      const last = found[limit - 1];
      return { items, ...(found.length > limit && last !== undefined && { next: cursorOf(placeOf(last)) }) };
    });
  }

  /** The flag of one prediction, be it its own or a window's, with what people answered. */
  async ofPrediction(tx: Transaction, streamId: number, position: number): Promise<FlagOfPrediction> {
    const flag = await this.lists.ofPrediction(tx, streamId, position);
    if (flag === undefined) {
      return { flag: null, verdicts: [] };
    }
    return { flag, verdicts: (await this.surroundings.verdicts(tx, [flag.id])).get(flag.id) ?? [] };
  }

  /** How many flags of each stream wait, by priority: by the stream's id, at most a second old. One query for all streams. */
  async openCounts(): Promise<(streamId: number) => OpenCounts> {
    await this.work.read((tx) => this.openFlags.refresh(tx));
    return (streamId) => this.openFlags.of(streamId);
  }

  private async served(tx: Transaction, flags: readonly KeptFlag[], isWhole: boolean): Promise<Flag[]> {
    if (flags.length === 0) {
      return [];
    }
    const ids = flags.map(({ life }) => life.id);
    const windowIds = flags.flatMap(({ life, place }) => (place === null ? [life.id] : []));
    const predictions = await this.surroundings.predictions(tx, flags, isWhole);
    const verdicts = await this.surroundings.verdicts(tx, ids);
    const comments = await this.surroundings.comments(tx, ids);
    const items = await this.surroundings.items(tx, isWhole ? windowIds : []);
    const labels = await this.labelsOf(tx, flags);
    return flags.map((flag) => {
      const { id } = flag.life;
      const around = {
        prediction: predictions.get(id) ?? null,
        verdicts: verdicts.get(id) ?? [],
        comments: comments.get(id) ?? [],
        items: items.get(id) ?? [],
        labels: labels(flag),
      };
      return servedFlag(flag, around);
    });
  }

  /** The labels that may be answered: those that the policy declares, else those that were seen. */
  private async labelsOf(tx: Transaction, flags: readonly KeptFlag[]): Promise<(flag: KeptFlag) => readonly string[]> {
    const declared = ({ stream }: KeptFlag): readonly string[] => this.streams.find(stream)?.policy.labels ?? [];
    const undeclared = flags.filter((flag) => declared(flag).length === 0).map(({ streamId }) => streamId);
    const seen = await this.labels.of(tx, undeclared);
    return (flag) => (declared(flag).length > 0 ? declared(flag) : (seen.get(flag.streamId) ?? []));
  }
}
