import { Injectable } from '@nestjs/common';
import type { AuditStanding, Flag, FlagState, Page, Refusal, Verdict } from '@watchfloor/contracts';
import { Work, type Transaction } from '../platform/database/work.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { blindFlag, blindItem } from './blind-flag.ts';
import { BlindSpotStore, type HiddenPredictions } from './blind-spots.store.ts';
import { contradicts, type Truth } from './contradicts.ts';
import { cursorOf } from './flag-cursor.ts';
import { FlagListStore, placeOf, type FlagFilter, type FlagPlace } from './flag-list.store.ts';
import { FlagRaising } from './flag-raising.ts';
import { FlagStore } from './flag.store.ts';
import type { KeptFlag } from './kept-flag.ts';
import type { LaneFindings } from './lane-findings.ts';
import { OpenFlags, type OpenCounts } from './open-flags.ts';
import { SecondLooks } from './second-looks.ts';
import { SeenLabels } from './seen-labels.ts';
import { servedFlag } from './served-flag.ts';
import { SurroundingsStore } from './surroundings.store.ts';
import type { Viewer } from './viewer.ts';

export interface FlagPageRequest {
  readonly filter: FlagFilter;
  readonly after?: FlagPlace | undefined;
  /** At most 200. */
  readonly limit: number;
  readonly viewer: Viewer;
}

/** What became of one prediction. */
export interface FlagOfPrediction {
  readonly flag: { readonly id: string; readonly state: FlagState } | null;
  readonly verdicts: readonly Verdict[];
  readonly audit: AuditStanding | null;
  /** What the model and others said is hidden from the viewer. */
  readonly isBlind: boolean;
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
    private readonly blindSpots: BlindSpotStore,
    private readonly secondLooks: SecondLooks,
    private readonly raising: FlagRaising,
  ) {}

  /** Turns what detectors found in one batch of a lane into raised and joined flags, as part of the lane's transaction. */
  async raiseFrom(tx: Transaction, findings: LaneFindings): Promise<void> {
    await this.raising.raiseFrom(tx, findings);
  }

  /** One flag with all its evidence, as it is in this transaction and as the viewer may see it. */
  async one(tx: Transaction, id: string, viewer: Viewer): Promise<Flag | Refusal> {
    const [flag] = await this.served(tx, await this.flags.load(tx, [id]), true, viewer);
    return flag ?? { refused: 'not-found', because: 'There is no such flag' };
  }

  async read(id: string, viewer: Viewer): Promise<Flag | Refusal> {
    return this.work.read((tx) => this.one(tx, id, viewer));
  }

  /** A page of flags: those that wait in the order of the queue, others newest first; predictions without their input. */
  async page({ filter, after, limit, viewer }: FlagPageRequest): Promise<Page<Flag>> {
    return this.work.read(async (tx) => {
      const found = await this.lists.page(tx, filter, after, limit + 1);
      const served = await this.served(tx, found.slice(0, limit), false, viewer);
      // Which detectors spoke is a hint, too: by it, a flag is not found that is to be answered blind.
      const items =
        filter.kind === undefined ? served : served.filter((flag) => flag.isBlind !== true || isPlain(filter));
      const last = found[limit - 1];
      return { items, ...(found.length > limit && last !== undefined && { next: cursorOf(placeOf(last)) }) };
    });
  }

  /** The flag of one prediction, be it its own or a window's, with what people answered. */
  async ofPrediction(tx: Transaction, streamId: number, position: number, viewer: Viewer): Promise<FlagOfPrediction> {
    const flag = await this.lists.ofPrediction(tx, streamId, position);
    if (flag === undefined) {
      return { flag: null, verdicts: [], audit: null, isBlind: false };
    }
    const [kept] = await this.flags.load(tx, [flag.id]);
    const verdicts = (await this.surroundings.verdicts(tx, [flag.id])).get(flag.id) ?? [];
    const isBlind = (await this.hidden(tx, viewer, [streamId])).has(streamId, position);
    return { flag, verdicts: isBlind ? [] : verdicts, audit: kept?.life.audit ?? null, isBlind };
  }

  /**
   * Predictions whose model's answer must be kept from a viewer just now: the one that could still answer a second look at them.
   * Whoever serves content of predictions asks, in the same transaction, after the content was read.
   */
  async hidden(tx: Transaction, viewer: Viewer, streamIds?: readonly number[]): Promise<HiddenPredictions> {
    return this.blindSpots.of(tx, viewer, streamIds);
  }

  /** Ends the audits of predictions whose truth has come, as part of the transaction that stores it. */
  async truthCame(tx: Transaction, truths: readonly Truth[]): Promise<void> {
    if (truths.length > 0) {
      const said = new Map(truths.map((truth) => [`${truth.streamId} ${truth.id}`, truth]));
      await this.secondLooks.truthCame(tx, truths, ({ streamId, predictionId }, { subject }) => {
        const truth = said.get(`${streamId} ${predictionId}`);
        return truth === undefined || subject.kind === 'window' ? null : contradicts(subject, truth);
      });
    }
  }

  /** How many flags of each stream wait, by priority: by the stream's id, at most a second old. One query for all streams. */
  async openCounts(): Promise<(streamId: number) => OpenCounts> {
    await this.work.read((tx) => this.openFlags.refresh(tx));
    return (streamId) => this.openFlags.of(streamId);
  }

  private async served(tx: Transaction, flags: readonly KeptFlag[], isWhole: boolean, viewer: Viewer): Promise<Flag[]> {
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
    const streamIds = flags.map(({ streamId }) => streamId);
    const hidden = await this.hidden(tx, viewer, streamIds);
    return flags.map((flag) => {
      const { id } = flag.life;
      const around = {
        prediction: predictions.get(id) ?? null,
        verdicts: verdicts.get(id) ?? [],
        comments: comments.get(id) ?? [],
        items: (items.get(id) ?? []).map(({ position, item }) =>
          hidden.has(flag.streamId, position) ? blindItem(item) : item,
        ),
        labels: labels(flag),
      };
      const served = servedFlag(flag, around);
      return flag.place !== null && hidden.has(flag.streamId, flag.place.position)
        ? blindFlag(served, around.labels)
        : served;
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

/** Whether a list asks for a kind that says nothing of the model's answer. */
function isPlain({ kind }: FlagFilter): boolean {
  return kind === 'audit-sample' || kind === 'second-look';
}
