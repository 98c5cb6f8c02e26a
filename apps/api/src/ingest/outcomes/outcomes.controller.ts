import { Controller, Req, Res } from '@nestjs/common';
import type { IngestReport } from '@watchfloor/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handles } from '../../platform/http/handles.ts';
import type { KeyHolder } from '../../platform/http/principal.ts';
import { Who } from '../../platform/http/who.ts';
import { reportAnswer } from '../report-answer.ts';
import { OutcomesService } from './outcomes.service.ts';

@Controller()
export class OutcomesController {
  constructor(private readonly outcomes: OutcomesService) {}

  @Handles('outcomes', { body: 'stream' })
  async take(
    @Req() request: FastifyRequest,
    @Who() holder: KeyHolder,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IngestReport> {
    return reportAnswer(await this.outcomes.take(request.raw, holder), reply);
  }
}
