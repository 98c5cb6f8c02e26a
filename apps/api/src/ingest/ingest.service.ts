import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { IngestReport } from '@watchfloor/contracts';
import type { KeyHolder } from '../platform/http/principal.ts';
import { orRefuse, Refused } from '../platform/http/refused.ts';
import { IngestMetrics } from './ingest-metrics.ts';
import { bodyBytes } from './intake/body-bytes.ts';
import { bodyKindOf } from './intake/body-kind.ts';
import { Intake } from './intake/intake.ts';
import { readBody } from './intake/read-body.ts';
import { LanesService } from './lanes/lanes.service.ts';

/** The way in: from a request's bytes to an answer that means "committed". */
@Injectable()
export class IngestService {
  constructor(
    private readonly lanes: LanesService,
    private readonly metrics: IngestMetrics,
  ) {}

  /**
   * Takes the predictions of a request in, each by itself.
   *
   * @returns once everything that it counts as accepted is committed
   * @throws Refused for a body that is wrong as a whole, and when there is no room; what was sent on by then is stored all the same
   */
  async take(request: IncomingMessage, holder: KeyHolder): Promise<IngestReport> {
    try {
      const { headers } = request;
      const kind = orRefuse(bodyKindOf(headers));
      this.lanes.expectRoom();
      const intake = new Intake(this.lanes, holder);
      const length = Number(headers['content-length'] ?? Number.NaN);
      const encoding = headers['content-encoding'];
      const bytes = bodyBytes({ raw: request, encoding, length });
      // A compressed body may have arrived long before it is unpacked.
      const hasArrived = () => encoding === undefined && request.complete;
      await readBody({ kind, headers, bytes, hasArrived }, intake);
      const report = await intake.report();
      this.metrics.report({ ...report, rejected: report.rejected.length });
      return report;
    } catch (error) {
      this.metrics.refused(error instanceof Refused ? error.refused : 'error');
      throw error;
    }
  }
}
