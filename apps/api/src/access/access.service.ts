import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Me, Refusal } from '@watchfloor/contracts';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { PublicAddress } from '../platform/config/public-address.ts';
import { Settings } from '../platform/config/settings.ts';
import type { Principal, SignedIn } from '../platform/http/principal.ts';
import { credentialsOf } from './credentials.ts';
import { connectNeeds } from './matrix.ts';
import { isOwnOrigin } from './same-origin.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

/** Access as other rooms see it. */
@Injectable()
export class AccessService {
  constructor(
    private readonly settings: Settings,
    private readonly address: PublicAddress,
    private readonly sessions: SessionsService,
    private readonly signIn: SignInService,
  ) {}

  /** Who asks, as the doorkeeper found out. */
  who({ principal }: FastifyRequest): Principal {
    if (principal === null) throw new Error('nobody was asked for at this route');
    return principal;
  }

  /** Who holds a session's token just now. */
  async session(token: string): Promise<SignedIn | null> {
    return (await this.sessions.open(token))?.who ?? null;
  }

  /**
   * Lets a socket in by the headers of its upgrade: the session cookie from a page of ours, or a session's token as a bearer.
   *
   * @param token a session's token that came otherwise, such as in the handshake's `auth`
   */
  async admitSocket(headers: IncomingHttpHeaders, token?: string): Promise<SignedIn | Refusal> {
    const { bearer, cookie } = credentialsOf(headers);
    const shown = token ?? bearer;
    if (shown === undefined && !isOwnOrigin(headers, this.settings.publicUrl)) {
      return { refused: 'wrong-origin', because: 'this page is not one of this server' };
    }
    const opening = shown ?? cookie;
    const who = opening === undefined ? null : await this.session(opening);
    if (who === null) return { refused: 'not-signed-in', because: 'sign in first' };
    if (!who.permissions.has(connectNeeds)) return { refused: 'not-allowed', because: 'your roles do not listen in' };
    return who;
  }

  /**
   * Ids of sessions whose sockets must close now: they ended, or their person's rights changed. {@link watch} a session while
   * a socket of it is open, and what other instances end is told here, too, within 5 s.
   */
  get ended(): Observable<string> {
    return this.sessions.ended;
  }

  /**
   * Keeps an eye on a session while a socket of it is open.
   *
   * @returns a function to call when the socket is closed
   */
  watch(who: SignedIn): () => void {
    return this.sessions.watch(who);
  }

  /** A new address that signs a person in, once, within a day. The server must listen already. */
  async signInLink(personId: string): Promise<string> {
    return `${this.address.get()}/sign-in?link=${await this.signIn.newLink(personId)}`;
  }

  /** What a person is told about themselves. */
  me({ person, permissions, expiresAt }: SignedIn): Me {
    return {
      person,
      permissions: [...permissions],
      separationOfDuties: this.settings.separationOfDuties,
      session: { expiresAt },
    };
  }
}
