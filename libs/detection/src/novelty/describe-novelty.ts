import type { Prediction } from '@watchfloor/contracts';
import type { Observation } from '../detector.ts';
import { nameOfField } from '../statistics/field-names.ts';
import { chancesCounted } from '../statistics/rare-events.ts';
import { bounded } from '../statistics/running-ranges.ts';
import { figure, finite, percent, quoted, sevenDigits } from '../wording.ts';
import { labelPlace, shapePlace, type NoveltyState } from './novelty-state.ts';

/** What is novel about a prediction, for a person. */
export function describeNovelty(state: NoveltyState, prediction: Prediction, share: number): Observation {
  const { chance, what, place } = state.derived.rarest;
  const { told, evidence } = tell(state, prediction);
  const often =
    what === 'together' ? '' : ` By what was seen, this comes once in ${Math.round(1 / chance)} predictions.`;
  const among = what === 'together' ? place : chancesCounted(state.rare, place);
  return {
    score: sevenDigits(chance),
    threshold: share,
    reason: `${told}${often}`,
    evidence: { novel: what, ...evidence, among },
  };
}

interface Told {
  readonly told: string;
  readonly evidence: Observation['evidence'];
}

function tell(state: NoveltyState, prediction: Prediction): Told {
  const { what, place, value, low, high, chance } = state.derived.rarest;
  const { name, kind } = place < labelPlace ? nameOfField(state.fields, place) : { name: '', kind: 'feature' as const };
  const field = `The ${kind} ${quoted(name)}`;
  const given = kind === 'feature' ? prediction.features?.[name] : prediction.segments?.[name];
  const shown = typeof given === 'string' ? quoted(given) : String(given);
  switch (what) {
    case 'label':
      return {
        told: `The answer ${quoted(prediction.label ?? '')} was never given in this stream before.`,
        evidence: { label: clipped(prediction.label ?? '') },
      };
    case 'value':
      return {
        told: `${field} is ${shown}, a value never seen before.`,
        evidence: { [kind]: name, value: clipped(given) },
      };
    case 'kind':
      return {
        told: `${field} is ${shown}, another kind of value than ever before.`,
        evidence: { [kind]: name, value: clipped(given) },
      };
    case 'beyond':
      return {
        told: `${field} is ${figure(value)}, far beyond what was seen: ${figure(low)} to ${figure(high)}.`,
        evidence: { [kind]: name, value: finite(value), low: sevenDigits(low), high: sevenDigits(high) },
      };
    case 'fields':
      return tellFields(state, prediction);
    case 'together':
      return tellTogether(state, prediction, chance);
  }
}

const mostNamed = 3;

function tellFields({ fields, rare }: NoveltyState, prediction: Prediction): Told {
  const usual = chancesCounted(rare, shapePlace) / 2;
  const lacks: string[] = [];
  const brings: string[] = [];
  fields.names.forEach((_, place) => {
    const { kind, name } = nameOfField(fields, place);
    const isNamed = Object.hasOwn((kind === 'feature' ? prediction.features : prediction.segments) ?? {}, name);
    const isUsual = chancesCounted(rare, place) > usual;
    if (isUsual && !isNamed && lacks.length < mostNamed) {
      lacks.push(name);
    } else if (isNamed && !isUsual && brings.length < mostNamed) {
      brings.push(name);
    }
  });
  const parts = [
    ...(lacks.length > 0 ? [`lacks ${lacks.map(quoted).join(', ')}`] : []),
    ...(brings.length > 0 ? [`brings ${brings.map(quoted).join(', ')}`] : []),
  ];
  const which = parts.length > 0 ? `: it ${parts.join(' and ')}` : '';
  return { told: `No prediction had this set of features and segments before${which}.`, evidence: { lacks, brings } };
}

/** Which numbers lie farthest from their means, in mean deviations. */
function tellTogether({ fields, slots, ranges }: NoveltyState, { features }: Prediction, chance: number): Told {
  const farthest = fields.names
    .flatMap((_, place) => {
      const slot = (slots[place] ?? 0) - 1;
      const { kind, name } = nameOfField(fields, place);
      const value = kind === 'feature' && slot >= 0 && Object.hasOwn(features ?? {}, name) ? features?.[name] : null;
      if (typeof value !== 'number') {
        return [];
      }
      const mean = ranges.mean[slot] ?? 0;
      const deviation = ranges.deviation[slot] ?? 0;
      const away = (bounded(value) - mean) / (deviation > 0 ? deviation : 1);
      return [{ feature: name, value: finite(value), usually: sevenDigits(mean), away: sevenDigits(away) }];
    })
    .toSorted((a, b) => Math.abs(b.away) - Math.abs(a.away))
    .slice(0, mostNamed);
  const told = farthest
    .map(({ feature, value, usually }) => `${quoted(feature)} ${figure(value)} (on average ${figure(usually)})`)
    .join(', ');
  return {
    told: `The numbers of this prediction together lie where next to nothing was seen; ${percent(chance)} of the stream lie as far out. Farthest: ${told}.`,
    evidence: { farthest },
  };
}

function clipped(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') {
    return value.slice(0, 200).toWellFormed();
  }
  return typeof value === 'boolean' ? value : null;
}
