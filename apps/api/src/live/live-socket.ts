import type { ClientToServer, Permission, Presence, Refusal, ServerToClient } from '@watchfloor/contracts';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { SignedIn } from '../platform/http/principal.ts';
import type { EventBudget } from './event-budget.ts';

/** What the server keeps beside a socket. */
export interface SocketData {
  /** Who listens, as of when the socket was let in; the socket is closed when that changes. */
  who: SignedIn;
  budget: EventBudget;
  presence?: Presence;
}

export type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
export type LiveNamespace = Namespace<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

/** A socket that is not let in learns why: socket.io hands `data` to the client's `connect_error`. */
export class NotLetIn extends Error {
  readonly data: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.because);
    this.data = refusal;
  }
}

/** Names of the rooms that sockets sit in; what is told to a room is encoded once for all in it. */
export const roomOf = {
  session: (sessionId: string) => `session:${sessionId}`,
  person: (personId: string) => `person:${personId}`,
  /** Those who may read every entry. */
  wholeRecord: 'record:whole',
  /** Those who may read all but the kinds about access; of these they get the numbers. */
  floorRecord: 'record:floor',
  presence: 'presence',
  /** Those whose line is slower than what they asked for. */
  lagging: 'lagging',
  ticks: (stream: string) => `${ticksPrefix}${stream}`,
} as const;

export const ticksPrefix = 'ticks:';

/** The room of those who listen to every stream; `*` is no stream's name. */
export const allTicks = roomOf.ticks('*');

/** The rooms that a socket sits in from the start, by what its person may read. */
export function firstRooms(
  { person, sessionId, permissions }: SignedIn,
  needs: Readonly<Record<keyof ServerToClient, Permission>>,
): string[] {
  const recordRoom = permissions.has('record.read-access') ? roomOf.wholeRecord : roomOf.floorRecord;
  return [
    roomOf.session(sessionId),
    roomOf.person(person.id),
    ...(permissions.has(needs.entry) ? [recordRoom] : []),
    ...(permissions.has(needs.presence) ? [roomOf.presence] : []),
  ];
}
