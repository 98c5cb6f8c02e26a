export type { Finding } from './finding.ts';
export { otherLabelsName } from './minute-roll-up.ts';
export { loadWatch, saveWatch } from './saved-watch.ts';
export { startWatch, type StreamWatch } from './stream-watch.ts';
export { watchClock } from './watch-clock.ts';
export { watchFigures, type WatchFigures } from './watch-figures.ts';
export { watchPrediction } from './watch-prediction.ts';
export type { WatchSettings } from './watch-settings.ts';
