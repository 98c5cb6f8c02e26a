import { Injectable } from '@nestjs/common';
import type { Acknowledge, ClientToServer, Permission } from '@watchfloor/contracts';
import { presenceSchema, subscriptionSchema } from '@watchfloor/contracts';
import type * as z from 'zod';
import { clientEventNeeds } from '../access/matrix.ts';
import { LiveMetrics } from './live-metrics.ts';
import { roomOf, ticksPrefix } from './live-socket.ts';
import type { LiveSocket } from './live-socket.ts';
import { cut } from './buffered-bytes.ts';

/** A socket may listen to so many streams. */
export const maxSubscriptions = 500;

const schemas = {
  subscribe: subscriptionSchema,
  unsubscribe: subscriptionSchema,
  presence: presenceSchema,
} as const satisfies Record<keyof ClientToServer, z.ZodType>;

type EventName = keyof typeof schemas;
type Handler<Name extends EventName> = (
  socket: LiveSocket,
  said: z.infer<(typeof schemas)[Name]>,
) => string | undefined;

/** Hears what consoles say: within their budget, well-formed, and allowed by the matrix. */
@Injectable()
export class LiveListener {
  constructor(private readonly metrics: LiveMetrics) {}

  listen(socket: LiveSocket, changed: () => void): void {
    const handlers: { [Name in EventName]: Handler<Name> } = {
      subscribe: (listener, { streams }) => subscribe(listener, streams),
      unsubscribe: (listener, { streams }) => unsubscribe(listener, streams),
      presence: (listener, presence) => {
        listener.data.presence = presence;
        changed();
        return undefined;
      },
    };
    socket.use((packet, next) => {
      const hearing = socket.data.budget.spend(performance.now());
      if (hearing === 'heard') next();
      else if (hearing === 'cut') this.silence(socket);
      else answer(packet.at(-1), 'you say too much at a time');
    });
    for (const name of Object.keys(handlers) as EventName[]) hear(socket, name, handlers[name] as Handler<typeof name>);
  }

  private silence(socket: LiveSocket): void {
    this.metrics.chattyCut();
    cut(socket);
  }
}

function hear<Name extends EventName>(socket: LiveSocket, name: Name, handler: Handler<Name>): void {
  const needs: Permission = clientEventNeeds[name];
  const outcomeOf = (said: unknown): string | undefined => {
    if (!socket.data.who.permissions.has(needs)) return 'your roles do not allow this';
    const parsed = schemas[name].safeParse(said);
    if (!parsed.success) return `malformed: ${parsed.error.issues[0]?.message ?? ''}`;
    return handler(socket, parsed.data as z.infer<(typeof schemas)[Name]>);
  };
  socket.on<EventName>(name, (said: unknown, done?: unknown) => answer(done, outcomeOf(said)));
}

/** Whatever a client sends in the place of its callback, only a function is called. */
function answer(done: unknown, because: string | undefined): void {
  if (typeof done !== 'function') return;
  (done as Acknowledge)(because === undefined ? { ok: true } : { ok: false, because });
}

function subscribe(socket: LiveSocket, streams: readonly string[]): string | undefined {
  const wanted = new Set([...socket.rooms].filter((room) => room.startsWith(ticksPrefix)));
  for (const stream of streams) wanted.add(roomOf.ticks(stream));
  if (wanted.size > maxSubscriptions) return `at most ${maxSubscriptions} streams; subscribe to * for all`;
  void socket.join([...wanted]);
  return undefined;
}

function unsubscribe(socket: LiveSocket, streams: readonly string[]): undefined {
  for (const stream of streams) void socket.leave(roomOf.ticks(stream));
}
