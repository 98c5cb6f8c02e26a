import { scoreAnswerSchema, scoreRequestSchema } from '../series.ts';
import type { Route } from './route.ts';

export const seriesRoutes = {
  score: {
    method: 'POST',
    path: '/score',
    caller: 'streams.read',
    does: 'Scores a series of numbers with the default detector; nothing is stored',
    body: scoreRequestSchema,
    answer: scoreAnswerSchema,
    status: 200,
  },
} as const satisfies Record<string, Route>;
