import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { Metrics } from '../platform/metrics/metrics.ts';

/** What the ingest rooms tell those who watch the watcher. */
@Injectable()
export class IngestMetrics {
  private readonly items: Counter<'outcome'>;
  private readonly refusals: Counter<'reason'>;
  private readonly turnItems: Histogram;
  private readonly turnSeconds: Histogram;

  constructor(private readonly metrics: Metrics) {
    const registers = [metrics.registry];
    this.items = new Counter({
      name: 'watchfloor_predictions_total',
      help: 'Predictions by what became of them',
      labelNames: ['outcome'],
      registers,
    });
    this.refusals = new Counter({
      name: 'watchfloor_ingest_refused_requests_total',
      help: 'Ingest requests that were refused as a whole',
      labelNames: ['reason'],
      registers,
    });
    this.turnItems = new Histogram({
      name: 'watchfloor_lane_turn_items',
      help: 'Predictions stored by one transaction',
      buckets: [1, 5, 20, 100, 500, 1_000, 2_500, 5_000, 10_000],
      registers,
    });
    this.turnSeconds = new Histogram({
      name: 'watchfloor_lane_turn_seconds',
      help: 'How long one transaction took',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    });
  }

  /** Shows how many predictions each lane holds, whenever somebody asks. */
  observeDepth(lanes: () => Iterable<{ readonly lane: number; readonly items: number }>): void {
    const gauge = new Gauge<'lane'>({
      name: 'watchfloor_lane_items',
      help: 'Predictions that wait in a lane or are being stored',
      labelNames: ['lane'],
      registers: [this.metrics.registry],
      collect: () => {
        for (const { lane, items } of lanes()) gauge.set({ lane }, items);
      },
    });
  }

  report({ accepted, duplicates, rejected }: { accepted: number; duplicates: number; rejected: number }): void {
    if (accepted > 0) this.items.inc({ outcome: 'accepted' }, accepted);
    if (duplicates > 0) this.items.inc({ outcome: 'duplicate' }, duplicates);
    if (rejected > 0) this.items.inc({ outcome: 'rejected' }, rejected);
  }

  refused(reason: string): void {
    this.refusals.inc({ reason });
  }

  turn({ items, seconds }: { items: number; seconds: number }): void {
    this.turnItems.observe(items);
    this.turnSeconds.observe(seconds);
  }
}
