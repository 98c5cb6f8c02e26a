import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { RecordModule } from '../record/record.module.ts';
import { AccessService } from './access.service.ts';
import { Attempts } from './attempts.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { DutiesStore } from './duties.store.ts';
import { FirstStart } from './first-start.ts';
import { KeysController } from './keys.controller.ts';
import { KeysService } from './keys.service.ts';
import { KeysStore } from './keys.store.ts';
import { Passwords } from './passwords.ts';
import { PeopleController } from './people.controller.ts';
import { PeopleService } from './people.service.ts';
import { PeopleStore } from './people.store.ts';
import { SessionsService } from './sessions.service.ts';
import { SessionsStore } from './sessions.store.ts';
import { SignInController } from './sign-in.controller.ts';
import { SignInService } from './sign-in.service.ts';
import { SignInStore } from './sign-in.store.ts';

/** People, sessions, keys, and the door they open. */
@Module({
  imports: [RecordModule],
  controllers: [SignInController, PeopleController, KeysController],
  providers: [
    AccessService,
    Attempts,
    Doorkeeper,
    DutiesStore,
    FirstStart,
    KeysService,
    KeysStore,
    Passwords,
    PeopleService,
    PeopleStore,
    SessionsService,
    SessionsStore,
    SignInService,
    SignInStore,
  ],
  exports: [AccessService, KeysService, PeopleService],
})
export class AccessModule {
  /** Before any route exists, so that none can be without it. */
  constructor(host: HttpAdapterHost<FastifyAdapter>, doorkeeper: Doorkeeper) {
    host.httpAdapter.getInstance().addHook('onRequest', (request, reply) => doorkeeper.check(request, reply));
  }
}
