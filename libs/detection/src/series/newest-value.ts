import { noRingFigures } from './recent-ring.ts';
import { viewCount } from './series-views.ts';

/**
 * What is worked out of a value while it is taken in. All series share it, for thousands of them would hold much that is made
 * again with each value: it speaks of the value that was taken in last, of whichever series, and nothing is read from it
 * that was not written for the same value.
 */
export const newest = {
  ring: noRingFigures(),
  /** Distance from the usual day and its means over 8 and 32, then the same of the week. */
  seasonal: new Float64Array(6),
  forecasts: new Float64Array(4),
  views: new Float64Array(viewCount),
  evidence: new Float64Array(viewCount),
  /** What was forecast, and the lowest and highest before, from the anchor of the series. */
  forecast: NaN,
  low: 0,
  high: 0,
};
