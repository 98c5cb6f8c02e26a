import { Controller, Req, Res } from '@nestjs/common';
import type { IngestReport } from '@watchfloor/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handles } from '../platform/http/handles.ts';
import type { KeyHolder } from '../platform/http/principal.ts';
import { Who } from '../platform/http/who.ts';
import { IngestService } from './ingest.service.ts';
import { reportAnswer } from './report-answer.ts';

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
