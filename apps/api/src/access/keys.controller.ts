import { Controller } from '@nestjs/common';
import type { CreatedKey, IngestKey, Page } from '@watchfloor/contracts';
import * as z from 'zod';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { Who } from '../platform/http/who.ts';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import { KeysService } from './keys.service.ts';

const defaultLimit = 100;

@Controller()
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Handles('keys')
  async list(@Input() { query }: InputOf<'keys'>): Promise<Page<IngestKey>> {
    const before = query.after === undefined ? undefined : readCursor(z.uuid(), query.after);
    const { keys, next } = await this.keys.page(before, query.limit ?? defaultLimit);
    return { items: keys, ...(next !== undefined && { next: writeCursor(next) }) };
  }

  @Handles('addKey')
  async add(@Input() { body }: InputOf<'addKey'>, @Who() { person }: SignedIn): Promise<CreatedKey> {
    return this.keys.add(body.name, body.streams, { kind: 'person', id: person.id });
  }

  @Handles('revokeKey')
  async revoke(@Input() { params }: InputOf<'revokeKey'>, @Who() { person }: SignedIn): Promise<void> {
    await this.keys.revoke(params.id, { kind: 'person', id: person.id });
  }
}
