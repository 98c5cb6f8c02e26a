import { priorities, type Prediction, type Priority, type Rule } from '@watchfloor/contracts';
import type { PredictionDetector } from '../detector.ts';
import { ownScore } from '../sighting.ts';
import { quoted } from '../wording.ts';

/**
 * The critical decision points of the policy: predictions that a person must see whatever the model thinks of them. A rule
 * matches when all its conditions hold. A prediction that lacks the field matches `missing` and nothing else; `below` and
 * `above` compare numbers only. All matching rules make one signal, which carries the most urgent of their priorities.
 *
 * Setting: `rules`.
 */
export const rule: PredictionDetector<object> = {
  kind: 'rule',
  start: () => ({}),
  look(_state, { observed }, settings) {
    const { rules } = settings.detectors.rule;
    if (rules.length === 0) {
      return null;
    }
    const matching = rules.filter(({ when }) => when.every((condition) => holds(condition, observed.prediction)));
    const leading = matching.toSorted((a, b) => urgency(a.priority) - urgency(b.priority))[0];
    if (leading === undefined) {
      return null;
    }
    const others = matching.length > 1 ? `, and ${matching.length - 1} more` : '';
    return {
      ...measured(leading, observed.prediction),
      reason: `The policy wants a person to see this: rule ${quoted(leading.name)}${others}.`,
      evidence: {
        rule: leading.name,
        priority: leading.priority,
        rules: matching.map(({ name, priority }) => ({ name, priority })),
        fields: leading.when.map(({ field }) => ({ field, found: fieldOf(observed.prediction, field) ?? null })),
      },
    };
  },
};

type Condition = Rule['when'][number];
type Field = string | number | boolean | null | undefined;

function holds({ field, is, than }: Condition, prediction: Prediction): boolean {
  const found = fieldOf(prediction, field);
  if (is === 'missing' || found === undefined || found === null) {
    return is === 'missing' && (found === undefined || found === null);
  }
  switch (is) {
    case 'equals':
      return found === than;
    case 'differs':
      return found !== than;
    case 'below':
      return typeof found === 'number' && typeof than === 'number' && found < than;
    case 'above':
      return typeof found === 'number' && typeof than === 'number' && found > than;
    case 'one-of':
      return Array.isArray(than) && than.includes(String(found));
  }
}

function fieldOf(prediction: Prediction, field: string): Field {
  switch (field) {
    case 'label':
      return prediction.label;
    case 'value':
      return prediction.value;
    case 'confidence':
      return prediction.confidence ?? scoreOfAnswer(prediction);
    default:
      return namedField(prediction, field);
  }
}

function namedField({ features, segments }: Prediction, field: string): Field {
  if (field.startsWith('feature:')) {
    return own(features, field.slice('feature:'.length));
  }
  return field.startsWith('segment:') ? own(segments, field.slice('segment:'.length)) : undefined;
}

/** What every object inherits is no field of a prediction. */
function own(fields: Readonly<Record<string, Field>> | undefined, name: string): Field {
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function scoreOfAnswer({ scores, label }: Prediction): number | undefined {
  const score = ownScore(scores, label);
  return Number.isNaN(score) ? undefined : score;
}

/** The first comparison of numbers gives the figures of the signal; a rule without one says that it holds: 1 of 1. */
function measured(leading: Rule, prediction: Prediction): { score: number; threshold: number } {
  for (const { field, is, than } of leading.when) {
    const found = fieldOf(prediction, field);
    if ((is === 'below' || is === 'above') && typeof found === 'number' && typeof than === 'number') {
      return { score: found, threshold: than };
    }
  }
  return { score: 1, threshold: 1 };
}

function urgency(priority: Priority): number {
  return priorities.indexOf(priority);
}
