import { Injectable } from '@nestjs/common';
import type { Tick } from '@watchfloor/contracts';
import { FreshSecondLooks } from '../flags/fresh-second-looks.ts';
import { blindTick } from '../streams/blind-figures.ts';
import { TickSource } from '../streams/tick-source.ts';
import { allTicks, roomOf, ticksPrefix } from './live-socket.ts';
import type { LiveNamespace } from './live-socket.ts';
import { TickShare } from './tick-share.ts';

/** Passes ticks on to those who listen to their stream; nobody's ticks are not even made. */
@Injectable()
export class LiveTicks {
  constructor(
    private readonly source: TickSource,
    private readonly secondLooks: FreshSecondLooks,
  ) {}

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
    const ticks = this.source.ticks.subscribe((tick) => {
      const blind = blindTick(tick, this.secondLooks.of(tick.stream));
      tell(namespace, { tick, blind }, share.mayGo(performance.now()));
    });
    return () => {
      ticks.unsubscribe();
      adapter.off('create-room', begin);
      adapter.off('delete-room', end);
      for (const room of [...watching.keys()]) end(room);
    };
  }
}

/** @param blind the tick for those who could take a second look at a prediction in it; the tick itself where there is none */
function tell(
  namespace: LiveNamespace,
  { tick, blind }: { readonly tick: Tick; readonly blind: Tick },
  isForAll: boolean,
): void {
  const rooms = isForAll ? [roomOf.ticks(tick.stream), allTicks] : [roomOf.ticks(tick.stream)];
  if (blind === tick) {
    namespace.to(rooms).except(roomOf.lagging).emit('tick', tick);
    return;
  }
  for (const socket of namespace.sockets.values()) {
    if (rooms.some((room) => socket.rooms.has(room)) && !socket.rooms.has(roomOf.lagging)) {
      socket.emit('tick', socket.data.who.permissions.has('flags.decide') ? blind : tick);
    }
  }
}
