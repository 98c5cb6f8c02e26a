import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { methodsOf } from './methods-of.ts';
import type { ProblemAnswer } from './problem.ts';
import { foreignAnswer, problemAnswer } from './problem.ts';

export const problemType = 'application/problem+json; charset=utf-8';

/** Every error answer of the server: RFC 9457 problem details, without a word of what went on inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const answer = problemAnswer(error);
    if (answer.isOurFault) this.logger.error(error, error instanceof Error ? error.stack : undefined);
    if (reply.raw.headersSent) {
      // Half an answer is out: cutting it is the only way left to say that it is not whole.
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, answer.status === 404 && request.is404 ? unknownAddress(request, reply) : answer);
  }
}

export function sendProblem(reply: FastifyReply, { status, headers, problem }: ProblemAnswer): void {
  void reply
    .code(status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .type(problemType)
    .send(JSON.stringify(problem));
}

function unknownAddress(request: FastifyRequest, reply: FastifyReply): ProblemAnswer {
  const allowed = methodsOf(request.url);
  if (allowed.length === 0 || allowed.includes(request.method)) return foreignAnswer(404);
  void reply.header('allow', allowed.join(', '));
  return foreignAnswer(405);
}
