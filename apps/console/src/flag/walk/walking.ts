import type { Flag } from '@watchfloor/contracts';
import { call, requestOf } from '../../api/client.ts';
import { ProblemError, sentenceOf } from '../../api/problem-error.ts';
import { takeHanded } from '../outbox/delivery.ts';
import { heldOf, type Held } from '../held.ts';
import type { Live } from '../../live/live.ts';
import { newsOf } from './flag-news.ts';
import { dueForRenewal, isAheadIdle, runOut } from './heartbeat.ts';
import { startWalk, walkAfter, type Walk, type WalkEffect, type WalkEvent } from './walk.ts';

export interface WalkingOptions {
  /** Id of the person who walks. */
  readonly me: string;
  readonly live: Live;
  /** False where one flag was opened by its address. */
  readonly walks: boolean;
  /** Only flags of this stream. */
  readonly stream?: string | undefined;
}

const beatMs = 1_000;
/** With nothing to show, the server is asked again this often, should a live entry have been missed. */
const askAgainMs = 20_000;

/** Carries a walk out: asks, renews and gives back claims, and follows what the record says about the flags in hand. */
export class Walking {
  walk: Walk;
  private readonly options: WalkingOptions;
  private readonly listeners = new Set<() => void>();
  private readonly renewing = new Set<string>();
  private readonly reading = new Set<string>();
  private activeAtMs = Date.now();
  private askedAtMs = 0;
  private workTimer: ReturnType<typeof setTimeout> | undefined;
  private seenCursor = 0;
  private stops: readonly (() => void)[] = [];

  constructor(options: WalkingOptions) {
    this.options = options;
    this.walk = startWalk(options.walks);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes up the walk; the returned function leaves it and gives every claim back. */
  begin(): () => void {
    const beat = setInterval(() => this.beat(), beatMs);
    const touch = () => this.touched();
    const leave = () => this.tell({ is: 'left' });
    const comeBack = (event: PageTransitionEvent) => (event.persisted ? this.tell({ is: 'begun' }) : undefined);
    for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) {
      addEventListener(kind, touch, { capture: true, passive: true });
    }
    addEventListener('pagehide', leave);
    addEventListener('pageshow', comeBack);
    this.stops = [
      takeHanded((held) => this.hand(held)),
      this.options.live.store.subscribe(() => this.look()),
      () => clearInterval(beat),
      () => clearTimeout(this.workTimer),
      () => removeEventListener('pagehide', leave),
      () => removeEventListener('pageshow', comeBack),
    ];
    this.seenCursor = this.options.live.store.state.cursor;
    this.tell({ is: 'begun' });
    return () => {
      for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) {
        removeEventListener(kind, touch, { capture: true });
      }
      this.stops.forEach((stop) => stop());
      leave();
    };
  }

  /** The flag on the screen is done with. @returns false when another one is there by now: then nothing happened */
  handle = (held: Held): boolean => {
    const { current, loss } = this.walk;
    if (current?.flag.id !== held.flag.id || current.token !== held.token || loss !== null) {
      return false;
    }
    this.tell({ is: 'handled', flagId: held.flag.id });
    return true;
  };

  /** Leaves a flag that can no longer be answered. */
  moveOn(): void {
    const { current } = this.walk;
    if (current !== null) {
      this.tell({ is: 'handled', flagId: current.flag.id });
    } else {
      this.tell({ is: 'begun' });
    }
  }

  hand(held: Held): void {
    this.tell({ is: 'handed', held });
  }

  /** @throws ProblemError when the flag cannot be claimed */
  async claim(flag: Pick<Flag, 'id'>): Promise<void> {
    const claimed = await call('claim', { params: { id: flag.id }, body: {} });
    this.hand(heldOf(claimed, Date.now(), this.options.live.skewMs));
  }

  private tell(event: WalkEvent): void {
    const [next, effects] = walkAfter(this.walk, event);
    const isSame = next === this.walk;
    this.walk = next;
    if (!isSame) {
      this.listeners.forEach((listener) => listener());
    }
    effects.forEach((effect) => this.carryOut(effect));
  }

  private carryOut(effect: WalkEffect): void {
    if (effect.does === 'release') {
      giveBack(effect.held);
    } else {
      void this.ask(effect.not);
    }
  }

  private async ask(not: readonly string[]): Promise<void> {
    this.askedAtMs = Date.now();
    const { stream, live } = this.options;
    try {
      const claimed = await call('next', { body: { not: [...not], ...(stream === undefined ? {} : { stream }) } });
      this.tell(
        claimed === undefined
          ? { is: 'none-waiting' }
          : { is: 'arrived', held: heldOf(claimed, Date.now(), live.skewMs) },
      );
    } catch (error) {
      this.tell({ is: 'not-reached', because: sentenceOf(error) });
    }
  }

  private beat(): void {
    const now = Date.now();
    for (const held of runOut(this.walk, now)) {
      this.tell({
        is: 'lost',
        flagId: held.flag.id,
        because: 'Your claim ran out, and the flag went back to the queue',
      });
    }
    if (isAheadIdle(this.walk, now, this.activeAtMs)) {
      this.tell({ is: 'idled' });
    }
    for (const held of dueForRenewal(this.walk, now, this.activeAtMs)) {
      void this.renew(held);
    }
    if (this.walk.current === null && !this.walk.isAsking && now - this.askedAtMs > askAgainMs) {
      this.tell({ is: 'work-came' });
    }
  }

  private async renew(held: Held): Promise<void> {
    const { id } = held.flag;
    if (this.renewing.has(id)) {
      return;
    }
    this.renewing.add(id);
    try {
      const claimed = await call('claim', { params: { id }, body: { claim: held.token } }, { timeoutMs: 10_000 });
      this.tell({ is: 'renewed', held: heldOf(claimed, Date.now(), this.options.live.skewMs) });
    } catch (error) {
      if (error instanceof ProblemError && error.status >= 400 && error.status < 500 && error.status !== 429) {
        this.tell({ is: 'lost', flagId: id, because: sentenceOf(error) });
      }
    } finally {
      this.renewing.delete(id);
    }
  }

  /** What the record says by now about the flags in hand, and whether it brought work. */
  private look(): void {
    const { state } = this.options.live.store;
    for (const held of [this.walk.current, this.walk.ahead]) {
      const news = held === null ? undefined : newsOf(held, state.flags.get(held.flag.id), this.options.me);
      if (held !== null && news?.is === 'lost') {
        this.tell({ is: 'lost', flagId: held.flag.id, because: news.because });
      } else if (held !== null && news?.is === 'changed') {
        void this.readAgain(held.flag.id);
      }
    }
    const hasNews = state.latest.some(
      ({ number, kind }) =>
        number > this.seenCursor &&
        ['flag-raised', 'flag-released', 'flag-woken', 'flag-escalated', 'flag-skipped', 'claim-expired'].includes(
          kind,
        ),
    );
    this.seenCursor = state.cursor;
    if (hasNews && this.walk.pause !== null && this.workTimer === undefined) {
      // By chance, so that fifty waiting reviewers do not all ask in the same instant.
      this.workTimer = setTimeout(
        () => {
          this.workTimer = undefined;
          this.tell({ is: 'work-came' });
        },
        Math.random() * (this.walk.current === null ? 300 : 2_000),
      );
    }
  }

  private async readAgain(id: string): Promise<void> {
    if (this.reading.has(id)) {
      return;
    }
    this.reading.add(id);
    try {
      this.tell({ is: 'changed', flag: await call('flag', { params: { id } }) });
    } catch {
      // The next entry, or the refusal of the answer, brings it again.
    } finally {
      this.reading.delete(id);
    }
  }

  private touched(): void {
    const wasIdle = isAheadIdle({ ...this.walk, ahead: this.walk.current }, Date.now(), this.activeAtMs);
    this.activeAtMs = Date.now();
    if (wasIdle) {
      this.tell({ is: 'work-came' });
    }
  }
}

/** Survives the end of the page. If it does not arrive, the claim runs out by itself. */
function giveBack({ flag, token }: Held): void {
  const { url, method } = requestOf('release', { params: { id: flag.id } });
  fetch(url, {
    method,
    keepalive: true,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ claim: token }),
  }).catch(() => undefined);
}
