import { BlockList, isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { Settings } from '../config/settings.ts';
import { refuse } from '../http/refused.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Readiness } from './readiness.ts';

export interface Operations {
  readonly settings: Settings;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** Whether a person with a running session asks. */
  readonly isSignedIn: (request: FastifyRequest) => Promise<boolean>;
}

/**
 * What those ask who run the server: `/health/live` (the process answers), `/health/ready` (it can do its work; else 503 with
 * the reasons) and `/metrics` (Prometheus text; who may read it is a setting).
 */
export function serveOperations(instance: FastifyInstance, operations: Operations): void {
  const { readiness, metrics } = operations;
  collectDefaultMetrics({ register: metrics.registry });

  instance.get('/health/live', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));

  instance.get('/health/ready', async (_request, reply) => {
    const reasons = await readiness.reasonsAgainst();
    const isReady = Object.keys(reasons).length === 0;
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(isReady ? { status: 'ready' } : { status: 'not-ready', reasons });
  });

  instance.get('/metrics', async (request, reply) => {
    if (!(await mayReadMetrics(request, operations))) {
      refuse('not-allowed', 'figures are for this machine; see WATCHFLOOR_METRICS');
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

const ownMachine = new BlockList();
ownMachine.addSubnet('127.0.0.0', 8, 'ipv4');
ownMachine.addAddress('::1', 'ipv6');
ownMachine.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

async function mayReadMetrics(request: FastifyRequest, { settings, isSignedIn }: Operations): Promise<boolean> {
  if (settings.metrics === 'open' || isOwnMachine(request.ip)) return true;
  return settings.metrics === 'signed-in' && (await isSignedIn(request));
}

function isOwnMachine(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && ownMachine.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
