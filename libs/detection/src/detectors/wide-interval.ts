import type { PredictionDetector } from '../detector.ts';
import { isLeast } from '../statistics/least-share.ts';
import { drawFrom } from '../statistics/murmur-hash.ts';
import {
  addValue,
  countBelow,
  noValues,
  sortAgain,
  valueAt,
  valueCount,
  type RecentValues,
} from '../statistics/recent-values.ts';
import { codedSize, sizeCode } from '../statistics/value-codes.ts';
import { figure, finite, percent } from '../wording.ts';

export interface WideIntervalState {
  /** The widest are the least. */
  readonly recent: RecentValues;
}

/** Told apart from the draws of other detectors. */
const salt = 3;

/** An interval that is less than a tenth wider than the middle one is not worth a person's time, however rare. */
const leastExcess = 1.1;

/**
 * The model's interval is wide for this stream: among the widest `share` of the last 500, and at least a tenth wider than
 * the middle one of them, so that a stream of equal or nearly equal widths gives nothing. With a share of 5 % it speaks
 * from the 20th interval on.
 *
 * Setting: `share`, in [0, 1].
 *
 * @see Papadopoulos, Proedrou, Vovk and Gammerman, Inductive confidence machines for regression (2002), on widths as doubt
 */
export const wideInterval: PredictionDetector<WideIntervalState> = {
  kind: 'wide-interval',
  start: () => ({ recent: noValues() }),
  rebuild: ({ recent }) => sortAgain(recent),
  look({ recent }, sighting, settings) {
    const { interval } = sighting.observed.prediction;
    if (interval === undefined || interval[1] < interval[0]) {
      return null;
    }
    const width = finite(interval[1] - interval[0]);
    const { share } = settings.detectors['wide-interval'];
    const count = valueCount(recent);
    const code = narrowness(width);
    const usual = count === 0 ? 0 : widthOf(valueAt(recent, count >> 1));
    const isWide = width > usual * leastExcess && isLeast(recent, code, share, drawFrom(sighting.hash, salt));
    const narrower = isWide ? 1 - countBelow(recent, code) / count : 0;
    const widest = isWide ? widthOf(valueAt(recent, Math.max(0, Math.floor(share * (count + 1)) - 1))) : 0;
    addValue(recent, code);
    if (!isWide) {
      return null;
    }
    return {
      score: width,
      threshold: Math.min(width, Math.max(widest, usual * leastExcess)),
      reason: `The interval is ${figure(width)} wide; the usual one is ${figure(usual)}, and ${percent(narrower)} of the last ${count} were no wider.`,
      evidence: { width, usual, narrower, among: count, share, interval: [...interval] },
    };
  },
};

const widestCode = 65_535;

/** The wider, the less. */
function narrowness(width: number): number {
  return widestCode - sizeCode(width);
}

/** Codes know widths within a quarter of a per cent; more digits would be noise. */
function widthOf(code: number): number {
  return Number(codedSize(widestCode - code).toPrecision(3));
}
