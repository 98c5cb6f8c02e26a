import { Controller, Req } from '@nestjs/common';
import type { Page, Person } from '@watchfloor/contracts';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { Who } from '../platform/http/who.ts';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import { PeopleService } from './people.service.ts';

const defaultLimit = 100;
const cursorSchema = z.strictObject({ name: z.string(), id: z.uuid() });

@Controller()
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Handles('people')
  async list(@Input() { query }: InputOf<'people'>): Promise<Page<Person>> {
    const after = query.after === undefined ? undefined : readCursor(cursorSchema, query.after);
    const { people, next } = await this.people.page(after, query.limit ?? defaultLimit);
    return { items: people, ...(next !== undefined && { next: writeCursor({ name: next.name, id: next.id }) }) };
  }

  @Handles('addPerson')
  async add(@Input() { body }: InputOf<'addPerson'>, @Who() who: SignedIn): Promise<Person> {
    return this.people.add(body, { kind: 'person', id: who.person.id });
  }

  @Handles('changePerson')
  async change(
    @Input() { params, body }: InputOf<'changePerson'>,
    @Who() who: SignedIn,
    @Req() { ip }: FastifyRequest,
  ): Promise<Person> {
    return this.people.change(params.id, body, who, ip);
  }
}
