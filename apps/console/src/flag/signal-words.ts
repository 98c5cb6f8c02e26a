import type { SignalKind } from '@watchfloor/contracts';

/** What a signal is called on the screen. */
export const signalWords: Record<SignalKind, string> = {
  malformed: 'malformed output',
  rule: 'rule',
  'low-confidence': 'low confidence',
  'small-margin': 'small margin',
  'wide-interval': 'wide interval',
  'audit-sample': 'audit sample',
  novelty: 'novelty',
  disagreement: 'models disagree',
  'second-look': 'second look, blind',
  'confidence-shift': 'confidence shift',
  'label-shift': 'label mix shift',
  'segment-shift': 'segment mix shift',
  'latency-shift': 'latency shift',
  silence: 'silence',
  burst: 'burst',
  disparity: 'segment disparity',
  'unusual-value': 'unusual value',
  'unusual-rate': 'unusual rate',
  repeated: 'repeated',
  backlog: 'backlog',
};
