import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Prediction, Tick } from '@watchfloor/contracts';
import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import { Pulse } from './pulse.ts';

/** Twice a second at most, for a stream that somebody watches. */
const tickEveryMs = 500;
const recentTicks = 120;
/** A stream that has been quiet for so long leaves the memory: the recent ticks are all over by then. */
const quietMs = 120_000;
/** Streams whose recent ticks are kept; the memory of a busier floor would not bear more. */
const recentStreams = 1_000;

export interface Observed {
  readonly position: number;
  readonly isFlagged: boolean;
}

/** For `watch`: every stream. */
export const everyStream = '*';

/** What streams look like just now: volatile, and computed only for those that somebody watches. */
@Injectable()
export class TickSource implements OnModuleInit, OnModuleDestroy {
  private readonly pulses = new Map<string, Pulse>();
  private readonly recents = new Map<string, Tick[]>();
  private readonly watchers = new Map<string, number>();
  /** The position and the rate that were last told of a stream. */
  private readonly told = new Map<string, { position: number; perSecond: number }>();
  private readonly subject = new Subject<Tick>();
  private timer: NodeJS.Timeout | undefined;
  private beats = 0;

  onModuleInit(): void {
    this.timer = setInterval(() => this.beat(Date.now()), tickEveryMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Ticks of the streams that are watched, each at most twice a second. */
  get ticks(): Observable<Tick> {
    return this.subject;
  }

  /**
   * Asks for a stream's ticks, or for those of `everyStream`.
   *
   * @returns a function that ends it; calling it again changes nothing
   */
  watch(stream: string): () => void {
    this.watchers.set(stream, (this.watchers.get(stream) ?? 0) + 1);
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      const left = (this.watchers.get(stream) ?? 1) - 1;
      if (left > 0) this.watchers.set(stream, left);
      else this.watchers.delete(stream);
    };
  }

  /** One tick a second, newest last; empty for a stream that has been quiet for two minutes. */
  recent(stream: string): readonly Tick[] {
    return this.recents.get(stream) ?? [];
  }

  /** Takes a committed prediction in. */
  observe(prediction: Prediction, { position, isFlagged }: Observed, nowMs = Date.now()): void {
    let pulse = this.pulses.get(prediction.stream);
    if (pulse === undefined) {
      pulse = new Pulse(prediction.stream, position - 1, nowMs);
      this.pulses.set(prediction.stream, pulse);
    }
    pulse.observe(prediction, position, isFlagged, nowMs);
  }

  /** @param nowMs by this process's clock: ticks decide nothing */
  private beat(nowMs: number): void {
    this.beats += 1;
    const isSecond = this.beats % 2 === 0;
    for (const pulse of this.pulses.values()) {
      const isWatched = this.watchers.has(everyStream) || this.watchers.has(pulse.stream);
      const tick = isSecond || (isWatched && this.isNews(pulse, nowMs)) ? pulse.tick(nowMs) : undefined;
      if (tick !== undefined && isWatched && this.isNews(pulse, nowMs)) this.tell(tick);
      if (isSecond && tick !== undefined) this.remember(tick);
      if (isSecond) pulse.mark(nowMs);
      if (nowMs - pulse.lastAtMs > quietMs) this.drop(pulse.stream);
    }
  }

  private isNews(pulse: Pulse, nowMs: number): boolean {
    const told = this.told.get(pulse.stream);
    return told?.position !== pulse.position || told.perSecond !== pulse.perSecond(nowMs);
  }

  private tell(tick: Tick): void {
    this.told.set(tick.stream, { position: tick.position, perSecond: tick.perSecond });
    this.subject.next(tick);
  }

  private remember(tick: Tick): void {
    const known = this.recents.get(tick.stream);
    if (known === undefined && this.recents.size >= recentStreams) return;
    const ticks = known ?? [];
    ticks.push(tick);
    if (ticks.length > recentTicks) ticks.shift();
    this.recents.set(tick.stream, ticks);
  }

  private drop(stream: string): void {
    this.pulses.delete(stream);
    this.recents.delete(stream);
    this.told.delete(stream);
  }
}
