import type { RecordEntry } from '@watchfloor/contracts';
import { figure } from './figure.ts';

type Data = RecordEntry<'flag-settled' | 'verdict-superseded'>['data'];

/** What a person answered, as the record has it: a label, a value, or what they said of a window or left open. */
export function answerWords({ label, value, verdict, modelLabel, modelValue }: Data): string {
  if (label !== undefined) {
    return label;
  }
  if (value !== undefined) {
    return figure(value);
  }
  if (modelLabel !== undefined || modelValue !== undefined) {
    return verdict === 'confirmed' ? 'as the model' : 'wrong, right answer not known';
  }
  return verdict === 'confirmed' ? 'all right' : 'something is wrong';
}
