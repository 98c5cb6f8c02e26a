import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { IngestReport } from '@watchfloor/contracts';
import type { KeyHolder } from '../platform/http/principal.ts';
import { orRefuse, Refused } from '../platform/http/refused.ts';
import { IngestMetrics } from './ingest-metrics.ts';
import { bodyBytes } from './intake/body-bytes.ts';
import type { BodyKind } from './intake/body-kind.ts';
import { bodyKindOf } from './intake/body-kind.ts';
import { Intake } from './intake/intake.ts';
import { readBody } from './intake/read-body.ts';
import { LanesService } from './lanes/lanes.service.ts';

/** The way in: from a request's bytes to an answer that means "committed". */
@Injectable()
export class IngestService {
  /** Resolves when the last request of a connection is read. */
  private readonly reading = new WeakMap<Socket, Promise<undefined>>();

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
      await this.inOrder(request.socket, () => this.read(request, kind, intake));
      const report = await intake.report();
      this.metrics.report({ ...report, rejected: report.rejected.length });
      return report;
    } catch (error) {
      this.metrics.refused(error instanceof Refused ? error.refused : 'error');
      throw error;
    }
  }

  private async read(request: IncomingMessage, kind: BodyKind, intake: Intake): Promise<void> {
    const { headers } = request;
    const encoding = headers['content-encoding'];
    const length = Number(headers['content-length'] ?? Number.NaN);
    const bytes = bodyBytes({ raw: request, encoding, length });
    // A compressed body may have arrived long before it is unpacked.
    const hasArrived = () => encoding === undefined && request.complete;
    await readBody({ kind, headers, bytes, hasArrived }, intake);
  }

  /** A sender may have several requests under way on one connection: the later ones must not overtake. */
  private async inOrder(connection: Socket, read: () => Promise<void>): Promise<void> {
    const before = this.reading.get(connection);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.reading.set(connection, promise);
    try {
      await before;
      await read();
    } finally {
      resolve(undefined);
    }
  }
}
