import * as z from 'zod';
import { streamNameSchema } from './prediction.ts';
import type { ServedEntry } from './record.ts';
import type { Tick } from './stream.ts';

/** Where the live socket is found. */
export const liveNamespace = '/live';

/** The server pushes at most this many entries of one batch; beyond it, it sends `hello` and consoles catch up over HTTP. */
export const maxPushedEntries = 200;

/** How often the server says `hello` without being asked; a console that hears nothing for three of these is delayed. */
export const heartbeatMs = 1_000;

export interface Hello {
  /** The highest record number given out. */
  readonly head: number;
  /** Which build serves; a console of another build offers a reload. */
  readonly build: string;
  readonly at: string;
}

export const subscriptionSchema = z.strictObject({
  streams: z.array(z.union([streamNameSchema, z.literal('*')])).max(500),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const presenceSchema = z.strictObject({ screen: z.string().max(40), flagId: z.uuid().optional() });
export type Presence = z.infer<typeof presenceSchema>;

/** Who else looks at what; volatile. */
export interface PresenceReport {
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly screen: string;
    readonly flagId?: string;
  }[];
}

export interface ServerToClient {
  entry: (entry: ServedEntry) => void;
  tick: (tick: Tick) => void;
  hello: (hello: Hello) => void;
  presence: (report: PresenceReport) => void;
}

export type Acknowledge = (answer: { readonly ok: true } | { readonly ok: false; readonly because: string }) => void;

export interface ClientToServer {
  subscribe: (subscription: Subscription, done?: Acknowledge) => void;
  unsubscribe: (subscription: Subscription, done?: Acknowledge) => void;
  presence: (presence: Presence, done?: Acknowledge) => void;
}
