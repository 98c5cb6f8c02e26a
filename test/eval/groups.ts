import type { EvalGroup } from './eval-group.ts';
import { nabEval } from './nab.ts';

/** Every group of the table, in its order: one line each. */
export const groups: readonly EvalGroup[] = [nabEval];
