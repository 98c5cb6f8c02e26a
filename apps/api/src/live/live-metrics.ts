import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Metrics } from '../platform/metrics/metrics.ts';

/** What the live room tells those who run the server. */
@Injectable()
export class LiveMetrics {
  private readonly cuts: Counter<'because'>;
  private readonly pushed: Counter;

  constructor(private readonly metrics: Metrics) {
    const registers = [metrics.registry];
    this.cuts = new Counter({
      name: 'watchfloor_live_cut_total',
      help: 'Sockets that were cut: slow ones that did not read, chatty ones that said too much',
      labelNames: ['because'],
      registers,
    });
    this.pushed = new Counter({
      name: 'watchfloor_live_entries_total',
      help: 'Record entries pushed to consoles, each counted once however many listen',
      registers,
    });
  }

  /** Shows how many sockets are open whenever somebody asks. */
  observeSockets(count: () => number): void {
    new Gauge({
      name: 'watchfloor_live_sockets',
      help: 'Open sockets',
      registers: [this.metrics.registry],
      collect() {
        this.set(count());
      },
    });
  }

  slowCut(count: number): void {
    this.cuts.inc({ because: 'slow' }, count);
  }

  chattyCut(): void {
    this.cuts.inc({ because: 'chatty' });
  }

  entries(count: number): void {
    this.pushed.inc(count);
  }
}
