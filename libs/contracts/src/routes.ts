import { accessRoutes } from './routes/access.ts';
import { flagsRoutes } from './routes/flags.ts';
import { predictionsRoutes } from './routes/predictions.ts';
import { recordRoutes } from './routes/record.ts';
import { seriesRoutes } from './routes/series.ts';
import { policyRoutes, riskRoutes, whatIfRoutes } from './routes/steering.ts';
import { streamsRoutes } from './routes/streams.ts';

/** Every HTTP question. The server's handlers, its OpenAPI document and the console's client are made from this table. */
export const routes = {
  ...predictionsRoutes,
  ...streamsRoutes,
  ...seriesRoutes,
  ...policyRoutes,
  ...whatIfRoutes,
  ...riskRoutes,
  ...flagsRoutes,
  ...recordRoutes,
  ...accessRoutes,
};

export type RouteName = keyof typeof routes;
