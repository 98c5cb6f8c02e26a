import type { DetectorSettings } from '@watchfloor/contracts';

/** A number of a policy that a person may set here. */
export interface NumberField {
  /** RFC 6901 path in the policy. */
  readonly path: string;
  readonly name: string;
  readonly hint?: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** An empty field means null: left to the stream itself. */
  readonly isOptional?: boolean;
}

export interface DetectorFields {
  readonly kind: keyof DetectorSettings;
  readonly name: string;
  readonly fields: readonly NumberField[];
}

const share = { min: 0, max: 1, step: 0.005 };
const count = { min: 1, step: 1 };

const alarm = (kind: string): NumberField => ({
  path: `/detectors/${kind}/falseAlarmEvery`,
  name: 'false alarm every … predictions',
  hint: 'empty: by the budget',
  isOptional: true,
  min: 1_000,
  max: 1e9,
  step: 1_000,
});

const oddness = (kind: string): NumberField => ({
  path: `/detectors/${kind}/threshold`,
  name: 'odder than',
  ...share,
});

/** Every detector's settings; the table over the kinds makes the compiler ask for new ones. */
const fieldsOf: Readonly<Record<keyof DetectorSettings, Omit<DetectorFields, 'kind'>>> = {
  malformed: {
    name: 'Malformed output',
    fields: [{ path: '/detectors/malformed/sumTolerance', name: 'scores may miss 1 by', ...share }],
  },
  rule: { name: 'Rules', fields: [] },
  'low-confidence': {
    name: 'Low confidence',
    fields: [
      { path: '/detectors/low-confidence/share', name: 'least sure share', ...share },
      {
        path: '/detectors/low-confidence/threshold',
        name: 'or below',
        hint: 'empty: by share',
        ...share,
        isOptional: true,
      },
    ],
  },
  'small-margin': {
    name: 'Small margin',
    fields: [
      { path: '/detectors/small-margin/share', name: 'closest share', ...share },
      {
        path: '/detectors/small-margin/threshold',
        name: 'or closer than',
        hint: 'empty: by share',
        ...share,
        isOptional: true,
      },
    ],
  },
  'wide-interval': {
    name: 'Wide interval',
    fields: [{ path: '/detectors/wide-interval/share', name: 'widest share', ...share }],
  },
  'audit-sample': {
    name: 'Random audit sample',
    fields: [{ path: '/detectors/audit-sample/probability', name: 'probability', ...share }],
  },
  'confidence-shift': { name: 'Shift of confidence', fields: [alarm('confidence-shift')] },
  'label-shift': { name: 'Shift of labels', fields: [alarm('label-shift')] },
  'segment-shift': { name: 'Shift of segments', fields: [alarm('segment-shift')] },
  'latency-shift': { name: 'Shift of latency', fields: [alarm('latency-shift')] },
  silence: {
    name: 'Silence',
    fields: [
      {
        path: '/detectors/silence/factor',
        name: 'longer than … usual gaps',
        hint: 'empty: by the budget',
        isOptional: true,
        min: 2,
        max: 1_000,
        step: 1,
      },
      { path: '/detectors/silence/atLeastSeconds', name: 'at least … seconds', min: 5, max: 86_400, step: 5 },
    ],
  },
  burst: {
    name: 'Burst',
    fields: [
      { path: '/detectors/burst/factor', name: '… times the usual', min: 1.5, max: 1_000, step: 0.5 },
      { path: '/detectors/burst/atLeastPerMinute', name: 'at least … a minute', ...count, max: 1e9 },
    ],
  },
  novelty: { name: 'Novelty', fields: [{ path: '/detectors/novelty/share', name: 'rarest share', ...share }] },
  disagreement: {
    name: 'Models disagree',
    fields: [
      { path: '/detectors/disagreement/share', name: 'at most share', ...share },
      { path: '/detectors/disagreement/valueTolerance', name: 'values differ from', ...share },
      { path: '/detectors/disagreement/withinSeconds', name: 'within … seconds', min: 1, max: 86_400, step: 1 },
    ],
  },
  disparity: {
    name: 'Segment disparity',
    fields: [{ path: '/detectors/disparity/level', name: 'false alarm level', min: 0.001, max: 0.2, step: 0.001 }],
  },
  'unusual-value': { name: 'Unusual value', fields: [oddness('unusual-value')] },
  'unusual-rate': { name: 'Unusual rate', fields: [oddness('unusual-rate')] },
};

export const detectorFields: readonly DetectorFields[] = Object.entries(fieldsOf).map(([kind, rest]) => ({
  kind: kind as keyof DetectorSettings,
  ...rest,
}));

export const reviewFields: readonly NumberField[] = [
  { path: '/risk/target', name: 'Risk target (share of errors released)', ...share },
  { path: '/risk/confidence', name: 'held with confidence', ...share },
  { path: '/risk/reviewBudget', name: 'Review budget (share of predictions)', ...share },
  {
    path: '/alarms/windowFlagsPerWeek',
    name: 'Window flags a week that are wanted',
    hint: 'thresholds of the stream’s detectors follow',
    min: 0.01,
    max: 1_000,
    step: 0.5,
  },
  { path: '/review/leaseSeconds', name: 'Claim lasts (seconds)', min: 10, max: 3_600, step: 10 },
  { path: '/review/undoSeconds', name: 'Undo for (seconds)', min: 0, max: 300, step: 5 },
  {
    path: '/review/secondLookHours',
    name: 'Second look answered within (hours)',
    hint: 'after that it counts as an error',
    ...count,
    max: 720,
  },
  { path: '/review/maxOpenFlags', name: 'Open flags before they join a backlog', ...count, max: 100_000 },
  { path: '/retentionDays', name: 'Predictions kept (days)', ...count, max: 3_650 },
];

/** A setting's value for reading: shares as per cent, counts with their thousands apart. */
export function fieldText({ max }: NumberField, value: unknown): string {
  if (typeof value !== 'number') {
    return 'left to the stream';
  }
  return max === 1 ? `${String(Number((value * 100).toPrecision(6)))} %` : value.toLocaleString('en');
}

/** Name and value as one phrase; the name may say with `…` where the value stands. */
export function fieldWords(field: NumberField, value: unknown): string {
  const text = fieldText(field, value);
  return field.name.includes('…') ? field.name.replace('…', text) : `${field.name} ${text}`;
}
