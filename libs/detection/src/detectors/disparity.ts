import { stretchStart } from '../arrivals.ts';
import { describeGap } from '../describe-gap.ts';
import type { WindowDetector } from '../detector.ts';
import { compareItem, noSegmentTest, placeSegmentsAgain, type SegmentTest } from '../statistics/segment-test.ts';

/**
 * One value of a segment fares otherwise than the rest: its predictions are in doubt more often or less, or get favourable
 * answers at another rate. Rates closer than four fifths of each other are not told.
 *
 * While there is no difference, a stream ever gets such a signal with a probability of at most `level`, over all its
 * segments and both rates together, however long it runs and however often one looks. After an alarm the segment
 * is compared anew 5,000 items later.
 *
 * Settings: `level`, in (0, 1); `favourable`, the labels that a person would want; while there are none, that rate is not
 * compared.
 *
 * @see Turner, Ly and Grünwald, Generic E-variables for exact sequential k-sample tests that allow for optional stopping
 *   (2024)
 */
export const disparity: WindowDetector<SegmentTest> = {
  kind: 'disparity',
  start: () => noSegmentTest(2),
  rebuild: placeSegmentsAgain,
  look(test, { observed, isDoubtful, arrivals }, settings) {
    const { segments, label } = observed.prediction;
    if (segments === undefined) {
      return null;
    }
    const { level, favourable } = settings.detectors.disparity;
    const isFavourable = label !== undefined && favourable.length > 0 && favourable.includes(label);
    const ones = (isDoubtful ? 1 : 0) | (isFavourable ? 2 : 0);
    const gap = compareItem(test, segments, ones, level, favourable.length > 0 ? 2 : 1);
    return gap === null
      ? null
      : {
          ...describeGap(test, gap, gap.measure === 0 ? 'doubted' : 'favourable', level),
          ...stretchStart(arrivals, gap.pairs * 2),
        };
  },
};
