import type { IncomingMessage } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import type { Refusal } from '@watchfloor/contracts';
import { isRefusal } from '@watchfloor/contracts';
import { AccessService } from '../access/access.service.ts';
import { isOwnOrigin } from '../access/same-origin.ts';
import { Settings } from '../platform/config/settings.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { roomOf } from './live-socket.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';

/** What may be open: connections before anybody is let in, sockets in all, and of one person (a wall, some tabs, a phone, and their half-dead forerunners). */
export const socketLimits = { connections: 2_500, inAll: 2_000, perPerson: 40 } as const;

/** Decides who may open a socket. */
@Injectable()
export class LiveDoor {
  private readonly logger = new Logger(LiveDoor.name);

  constructor(
    private readonly access: AccessService,
    private readonly settings: Settings,
  ) {}

  /**
   * Before anything else, for polling as for WebSockets: a page of another site cannot even begin, and who is not let in
   * within seconds must not fill the house meanwhile.
   *
   * @param connections that are open, let in or not
   */
  mayKnock({ headers }: IncomingMessage, connections: number): boolean {
    return connections < socketLimits.connections && isOwnOrigin(headers, this.settings.publicUrl);
  }

  /** @returns who opens the socket: by the session cookie, a bearer header, or `auth.token` */
  async admit({ handshake }: LiveSocket, namespace: LiveNamespace): Promise<SignedIn | Refusal> {
    const { token } = handshake.auth;
    try {
      const who = await this.access.admitSocket(handshake.headers, typeof token === 'string' ? token : undefined);
      return isRefusal(who) || hasRoom(namespace, who) ? who : houseFull;
    } catch (error) {
      this.logger.warn(`cannot look up who opens a socket: ${String(error)}`);
      return { refused: 'not-ready', because: 'the server cannot look you up just now' };
    }
  }
}

const houseFull: Refusal = { refused: 'too-busy', because: 'too many consoles are open; close some, or wait a moment' };

function hasRoom({ sockets, adapter }: LiveNamespace, { person }: SignedIn): boolean {
  const own = adapter.rooms.get(roomOf.person(person.id))?.size ?? 0;
  return sockets.size < socketLimits.inAll && own < socketLimits.perPerson;
}
