import { Controller, Req, Res } from '@nestjs/common';
import type { Me } from '@watchfloor/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../platform/config/settings.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { Who } from '../platform/http/who.ts';
import { AccessService } from './access.service.ts';
import { clearCookie, credentialsOf, grantCookie, isSecureCall } from './credentials.ts';
import type { NewSession } from './sessions.service.ts';
import { SignInService } from './sign-in.service.ts';

@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignInService,
    private readonly access: AccessService,
    private readonly settings: Settings,
  ) {}

  @Handles('login')
  async login(
    @Input() { body }: InputOf<'login'>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const { cookie: heldToken } = credentialsOf(request.headers);
    const attempt = { ...body, address: request.ip, ...(heldToken !== undefined && { heldToken }) };
    return this.begin(await this.signIn.byPassword(attempt), request, reply);
  }

  @Handles('link')
  async link(
    @Input() { body }: InputOf<'link'>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const session = await this.signIn.byLink(body.token, credentialsOf(request.headers).cookie);
    return this.begin(session, request, reply);
  }

  @Handles('logout')
  async logout(
    @Who() { sessionId, person }: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIn.out(sessionId, person.id);
    void reply
      .removeHeader('set-cookie')
      .header('set-cookie', clearCookie(isSecureCall(request, this.settings.publicUrl)));
  }

  @Handles('me')
  me(@Who() who: SignedIn): Me {
    return this.access.me(who);
  }

  private async begin({ token, expiresAt }: NewSession, request: FastifyRequest, reply: FastifyReply): Promise<Me> {
    const who = await this.access.session(token);
    if (who === null) throw new Error('a session ended before its first answer');
    void reply.header('set-cookie', grantCookie(token, expiresAt, isSecureCall(request, this.settings.publicUrl)));
    return this.access.me(who);
  }
}
