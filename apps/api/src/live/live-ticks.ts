import { Injectable } from '@nestjs/common';
import type { Tick } from '@watchfloor/contracts';
import { TickSource } from '../streams/tick-source.ts';
import { allTicks, roomOf, ticksPrefix } from './live-socket.ts';
import type { LiveNamespace } from './live-socket.ts';
import { TickShare } from './tick-share.ts';

/** Passes ticks on to those who listen to their stream; nobody's ticks are not even made. */
@Injectable()
export class LiveTicks {
  constructor(private readonly source: TickSource) {}

  /** @returns a function that ends it */
  start(namespace: LiveNamespace): () => void {
    const share = new TickShare();
    const watching = new Map<string, () => void>();
    const { adapter } = namespace;
    const begin = (room: string) => {
      if (room.startsWith(ticksPrefix)) watching.set(room, this.source.watch(room.slice(ticksPrefix.length)));
    };
    const end = (room: string) => {
      watching.get(room)?.();
      watching.delete(room);
    };
    adapter.on('create-room', begin);
    adapter.on('delete-room', end);
    const ticks = this.source.ticks.subscribe((tick) => tell(namespace, tick, share.mayGo(performance.now())));
    return () => {
      ticks.unsubscribe();
      adapter.off('create-room', begin);
      adapter.off('delete-room', end);
      for (const room of [...watching.keys()]) end(room);
    };
  }
}

function tell(namespace: LiveNamespace, tick: Tick, isForAll: boolean): void {
  const rooms = isForAll ? [roomOf.ticks(tick.stream), allTicks] : [roomOf.ticks(tick.stream)];
  namespace.to(rooms).except(roomOf.lagging).emit('tick', tick);
}
