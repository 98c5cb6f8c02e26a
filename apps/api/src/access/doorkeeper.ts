import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Permission } from '@watchfloor/contracts';
import { Settings } from '../platform/config/settings.ts';
import type { KeyHolder, SignedIn } from '../platform/http/principal.ts';
import { refuse } from '../platform/http/refused.ts';
import { credentialsOf, grantCookie, isSecureCall } from './credentials.ts';
import { KeysService } from './keys.service.ts';
import { callerOf, openAddresses, readingMethods } from './matrix.ts';
import { isOwnOrigin } from './same-origin.ts';
import { SessionsService } from './sessions.service.ts';

/**
 * Decides on every request before its body is read, by the matrix alone. What the matrix does not know is denied, whoever
 * registered it.
 */
@Injectable()
export class Doorkeeper {
  constructor(
    private readonly settings: Settings,
    private readonly sessions: SessionsService,
    private readonly keys: KeysService,
  ) {}

  /** A Fastify `onRequest` hook. @throws Refused to whoever may not pass */
  async check(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.is404) refuse('not-found', 'there is nothing at this address');
    const { config, url = '' } = request.routeOptions;
    if (config.routeName === undefined) {
      if (openAddresses.has(url) && readingMethods.has(request.method)) return;
      refuse('not-allowed', 'nobody may call this address');
    }
    const caller = callerOf(config.routeName);
    if (caller === 'anybody') this.expectOwnOrigin(request);
    else if (caller === 'ingest-key') request.principal = await this.keyHolder(request);
    else request.principal = await this.personWith(caller, request, reply);
  }

  private async personWith(permission: Permission, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    const who = await this.signedIn(request, reply);
    if (who === undefined) {
      const { bearer } = credentialsOf(request.headers);
      const isKey = bearer !== undefined && (await this.keys.holderOf(bearer)) !== undefined;
      if (isKey) refuse('not-allowed', 'an ingest key can only send predictions and outcomes');
      refuse('not-signed-in', 'sign in first');
    }
    if (!who.permissions.has(permission)) refuse('not-allowed', 'your roles do not allow this');
    return who;
  }

  private async keyHolder(request: FastifyRequest): Promise<KeyHolder> {
    const { bearer } = credentialsOf(request.headers);
    const holder = bearer === undefined ? undefined : await this.keys.holderOf(bearer);
    if (holder !== undefined) return holder;
    if ((await this.signedIn(request)) !== undefined) refuse('not-allowed', 'this takes an ingest key, not a session');
    refuse('not-signed-in', 'send an ingest key as “Authorization: Bearer …”');
  }

  /** By bearer, which no browser sends by itself; else by cookie, whose origin counts when something may change. */
  private async signedIn(request: FastifyRequest, reply?: FastifyReply): Promise<SignedIn | undefined> {
    const { bearer, cookie } = credentialsOf(request.headers);
    if (bearer !== undefined) return (await this.sessions.open(bearer))?.who;
    if (cookie === undefined) return undefined;
    this.expectOwnOrigin(request);
    const opened = await this.sessions.open(cookie, reply !== undefined);
    if (opened?.freshToken !== undefined) {
      const isSecure = isSecureCall(request, this.settings.publicUrl);
      void reply?.header('set-cookie', grantCookie(opened.freshToken, opened.who.expiresAt, isSecure));
    }
    return opened?.who;
  }

  private expectOwnOrigin({ method, headers }: FastifyRequest): void {
    if (readingMethods.has(method) || isOwnOrigin(headers, this.settings.publicUrl)) return;
    refuse('wrong-origin', 'this call comes from a page of another site');
  }
}
