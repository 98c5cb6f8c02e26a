import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';

/**
 * Who asks, as the doorkeeper found out: `@Who() who: SignedIn` where the route needs a permission, `@Who() who: KeyHolder`
 * where it needs an ingest key. Not for routes that anybody may call.
 */
export const Who = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (principal === null) throw new Error('nobody was asked for at this route; @Who() has no answer');
  return principal;
});
