import { Controller, Req, Res } from '@nestjs/common';
import type { IngestReport } from '@watchfloor/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handles } from '../platform/http/handles.ts';
import type { KeyHolder } from '../platform/http/principal.ts';
import { problemAnswer } from '../platform/http/problem.ts';
import { problemType } from '../platform/http/problem.filter.ts';
import { Refused } from '../platform/http/refused.ts';
import { Who } from '../platform/http/who.ts';
import { IngestService } from './ingest.service.ts';

const nothingAccepted = new Refused({ refused: 'nothing-accepted', because: 'none of the items could be accepted' });

@Controller()
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @Handles('ingest', { body: 'stream' })
  async take(
    @Req() request: FastifyRequest,
    @Who() holder: KeyHolder,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IngestReport> {
    const report = await this.ingest.take(request.raw, holder);
    return reportAnswer(report, reply);
  }
}

/** A report as the answer: a problem that holds the report when nothing at all was of use. */
export function reportAnswer(report: IngestReport, reply: FastifyReply): IngestReport {
  if (report.accepted > 0 || report.duplicates > 0 || report.rejected.length === 0) return report;
  const { status, problem } = problemAnswer(nothingAccepted);
  void reply.code(status).type(problemType);
  return { ...problem, ...report };
}
