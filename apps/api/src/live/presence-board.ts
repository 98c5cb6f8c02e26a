import type { PresenceReport } from '@watchfloor/contracts';
import type { SocketData } from './live-socket.ts';

/** A report names so many people at most: beyond that it is a crowd. */
export const maxPresent = 200;

/** Who looks at what, by what each of their sockets last said; a person with several screens counts with the newest. */
export function presenceReport(sockets: Iterable<Pick<SocketData, 'who' | 'presence'>>): PresenceReport {
  const people = new Map<string, PresenceReport['people'][number]>();
  for (const { who, presence } of sockets) {
    if (presence === undefined) continue;
    const { id, name } = who.person;
    const { screen, flagId } = presence;
    people.set(id, { id, name, screen, ...(flagId !== undefined && { flagId }) });
  }
  return { people: [...people.values()].slice(0, maxPresent) };
}
