import { differencesEval } from './differences.ts';
import type { EvalGroup } from './eval-group.ts';
import { guaranteeEval } from './guarantee.ts';
import { nabEval } from './nab.ts';
import { reviewingEval } from './reviewing.ts';
import { segmentsEval } from './segments.ts';

/** Every group of the table, in its order: one line each. */
export const groups: readonly EvalGroup[] = [nabEval, guaranteeEval, reviewingEval, differencesEval, segmentsEval];
