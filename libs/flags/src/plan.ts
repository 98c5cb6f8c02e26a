import {
  instantOf,
  type Autonomy,
  type Instant,
  type Signal,
  type Stretch,
  type WindowSignal,
} from '@watchfloor/contracts';
import { causeGroupOf, isWindowKind, type CauseGroup } from './cause.ts';
import { isRuled, isSampled, type Findings, type FoundPrediction } from './findings.ts';
import { isUnanswered, type FlagLife } from './flag-life.ts';
import { isMoreOfTheSame, stillGathers } from './join.ts';

/** What the floor holds of a stream when findings arrive. */
export interface Floor {
  readonly now: Instant;
  readonly autonomy: Autonomy;
  readonly policyVersion: number;
  /** Beyond so many unanswered flags on predictions, more are gathered in one `backlog` flag. */
  readonly maxOpenFlags: number;
  /** Unanswered flags on predictions of this stream. */
  readonly openFlags: number;
  /** The stream's window flags that may still gather. */
  readonly windowFlags: readonly FlagLife[];
}

/** What chance drew still gets flags of its own until there are so many times `maxOpenFlags`. */
const sampledRoom = 2;

/** Findings that go together: into `flag`, or into a new window flag where it is null. */
export interface Gathering<Found extends FoundPrediction> extends Findings<Found> {
  readonly flag: FlagLife | null;
}

export interface Plan<Found extends FoundPrediction> {
  /** Each gets a flag of its own. */
  readonly raised: readonly Found[];
  /** Each is one window flag, raised or joined. */
  readonly gathered: readonly Gathering<Found>[];
  /** An autonomous stream's doubtful predictions: stored with their signals, shown to nobody. Empty in every other mode. */
  readonly passed: readonly Found[];
}

/**
 * Decides what becomes of the findings of one batch: every one is raised, gathered or (autonomous streams only) let pass, and none
 * twice.
 *
 * - Window signals of one cause group join the stream's unanswered flag of that group, or raise one.
 * - While one fault hits many predictions (`isRepeated`), these are items of the behaviour flag and not flags of their own.
 * - Beyond `maxOpenFlags` they are items of the backlog flag.
 * - What chance drew for the audit, and what a rule of the policy wants seen, keeps a flag of its own even while a fault goes on
 *   (short of a backlog; what was drawn has as much room again): a sample without the predictions that went wrong together is none, and a critical decision is not an
 *   item of a list.
 */
export function plan<Found extends FoundPrediction>(findings: Findings<Found>, floor: Floor): Plan<Found> {
  const gatherings = new Gatherings<Found>(floor);
  const raised: Found[] = [];
  const passed: Found[] = [];
  findings.windows.forEach((window) => gatherings.addWindow(window));
  const isAutonomous = floor.autonomy === 'autonomous';
  for (const found of findings.predictions) {
    const isAskedFor = isSampled(found) || (isRuled(found) && !isAutonomous);
    if (found.isRepeated && !isAskedFor) {
      gatherings.addItem('behaviour', found);
    } else if (isAutonomous && !isAskedFor) {
      passed.push(found);
    } else if (floor.openFlags + raised.length < floor.maxOpenFlags * (isSampled(found) ? sampledRoom : 1)) {
      raised.push(found);
    } else {
      gatherings.addItem('backlog', found);
    }
  }
  return { raised, gathered: gatherings.all(), passed };
}

/** Whether the plan will ask for the stream's window flags; where it will not, nobody has to look for them. */
export function needsWindowFlags(findings: Findings, floor: Pick<Floor, 'openFlags' | 'maxOpenFlags'>): boolean {
  return (
    findings.windows.length > 0 ||
    findings.predictions.some(({ isRepeated }) => isRepeated) ||
    floor.openFlags + findings.predictions.length > floor.maxOpenFlags
  );
}

interface Draft<Found> {
  readonly group: CauseGroup;
  readonly flag: FlagLife | null;
  readonly windows: WindowSignal[];
  readonly predictions: Found[];
}

class Gatherings<Found extends FoundPrediction> {
  private readonly floor: Floor;
  /** The one flag of each group that takes whatever comes. */
  private readonly open = new Map<CauseGroup, Draft<Found>>();
  /** Answered flags that still take more of the same. */
  private readonly answered = new Map<CauseGroup, Draft<Found>>();

  constructor(floor: Floor) {
    this.floor = floor;
    for (const flag of [...floor.windowFlags].sort((a, b) => (a.raisedAt < b.raisedAt ? -1 : 1))) {
      if (flag.subject.kind === 'window' && stillGathers(flag, floor.now)) {
        const { group } = flag.subject;
        // The newest of its group wins: an undone verdict may have brought an older one back beside it.
        (isUnanswered(flag) ? this.open : this.answered).set(group, { group, flag, windows: [], predictions: [] });
      }
    }
  }

  addWindow(window: WindowSignal): void {
    if (!isWindowKind(window.signal.kind)) {
      throw new RangeError(`${window.signal.kind} is no window signal`);
    }
    this.openDraft(causeGroupOf(window.signal.kind)).windows.push(window);
  }

  addItem(group: CauseGroup, found: Found): void {
    const answered = this.answered.get(group);
    const goesOn = !this.open.has(group) && answered?.flag != null && isMoreOfTheSame(answered.flag, found);
    (goesOn ? answered : this.openDraft(group)).predictions.push(found);
  }

  all(): readonly Gathering<Found>[] {
    return [...this.open.values(), ...this.answered.values()]
      .filter(({ windows, predictions }) => windows.length + predictions.length > 0)
      .map(({ group, flag, windows, predictions }) => ({
        flag,
        predictions,
        windows: flag === null && windows.length === 0 ? [raisingWindow(group, predictions, this.floor)] : windows,
      }));
  }

  private openDraft(group: CauseGroup): Draft<Found> {
    const draft = this.open.get(group) ?? { group, flag: null, windows: [], predictions: [] };
    this.open.set(group, draft);
    return draft;
  }
}

/** The signal of a window flag that only predictions raise. */
function raisingWindow(group: CauseGroup, predictions: readonly FoundPrediction[], floor: Floor): WindowSignal {
  const kinds: Record<string, number> = {};
  predictions.forEach(({ signals }) => signals.forEach(({ kind }) => (kinds[kind] = (kinds[kind] ?? 0) + 1)));
  const evidence = { gathered: predictions.length, kinds };
  const { policyVersion, openFlags, maxOpenFlags } = floor;
  const signal: Signal =
    group === 'backlog'
      ? {
          kind: 'backlog',
          score: Math.max(openFlags, maxOpenFlags),
          threshold: maxOpenFlags,
          reason: `${maxOpenFlags} flags of this stream wait for an answer already: more are gathered here`,
          evidence,
          policyVersion,
        }
      : {
          kind: 'repeated',
          score: predictions.length,
          threshold: 1,
          reason: 'Predictions go on being in doubt together: one fault seems to be behind them',
          evidence,
          policyVersion,
        };
  return { signal, stretch: stretchOf(predictions) };
}

function stretchOf(predictions: readonly FoundPrediction[]): Stretch {
  const times = predictions.map(({ observed }) => observed.receivedAtMs);
  const positions = predictions.map(({ observed }) => observed.position);
  const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));
  const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b));
  return {
    from: instantOf(least(times)),
    to: instantOf(most(times)),
    fromPosition: least(positions),
    toPosition: most(positions),
  };
}
