import { Controller, Res } from '@nestjs/common';
import { flagStates, type ClaimedFlag, type Flag, type FlagState, type Page } from '@watchfloor/contracts';
import type { FastifyReply } from 'fastify';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { orRefuse, refuse } from '../platform/http/refused.ts';
import { Who } from '../platform/http/who.ts';
import { StreamsService } from '../streams/streams.service.ts';
import { FlagActs } from './flag-acts.ts';
import { placeFrom } from './flag-cursor.ts';
import { FlagsService } from './flags.service.ts';
import { doerOf, viewerOf } from './viewer.ts';

const defaultLimit = 50;
/** What a list holds that does not say: all that wait for an answer. */
const defaultStates: readonly FlagState[] = ['open', 'claimed', 'snoozed'];

@Controller()
export class FlagsController {
  constructor(
    private readonly flags: FlagsService,
    private readonly acts: FlagActs,
    private readonly streams: StreamsService,
  ) {}

  @Handles('flags')
  async page(@Input() { query }: InputOf<'flags'>, @Who() who: SignedIn): Promise<Page<Flag>> {
    const { state, stream, priority, kind, mine, limit = defaultLimit, after } = query;
    const place = after === undefined ? undefined : placeFrom(after);
    if (after !== undefined && place === undefined) {
      refuse('malformed', '/query/after: is no cursor of this list');
    }
    return this.flags.page({
      filter: {
        states: state === undefined ? defaultStates : statesOf(state),
        ...(stream !== undefined && { streamId: orRefuse(this.streams.get(stream)).id }),
        ...(priority !== undefined && { priority }),
        ...(kind !== undefined && { kind }),
        ...(mine === 'true' && { heldBy: who.person.id }),
      },
      after: place,
      viewer: viewerOf(who),
      limit,
    });
  }

  @Handles('flag')
  async flag(@Input() { params }: InputOf<'flag'>, @Who() who: SignedIn): Promise<Flag> {
    return orRefuse(await this.flags.read(params.id, viewerOf(who)));
  }

  @Handles('next')
  async next(
    @Input() { body }: InputOf<'next'>,
    @Who() who: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClaimedFlag | undefined> {
    const streamId = body?.stream === undefined ? null : orRefuse(this.streams.get(body.stream)).id;
    const claimed = await this.acts.next({ streamId, not: body?.not ?? [] }, doerOf(who));
    if (claimed === undefined) {
      void reply.status(204);
    }
    return claimed;
  }

  @Handles('claim')
  claim(@Input() { params, body }: InputOf<'claim'>, @Who() who: SignedIn): Promise<ClaimedFlag> {
    return this.acts.claim(params.id, body, doerOf(who));
  }

  @Handles('release')
  release(@Input() { params, body }: InputOf<'release'>, @Who() who: SignedIn): Promise<Flag> {
    return this.acts.release(params.id, body, doerOf(who));
  }

  @Handles('verdict')
  verdict(@Input() { params, body }: InputOf<'verdict'>, @Who() who: SignedIn): Promise<Flag> {
    return this.acts.answer(params.id, body, doerOf(who));
  }

  @Handles('undo')
  undo(@Input() { params, body }: InputOf<'undo'>, @Who() who: SignedIn): Promise<ClaimedFlag> {
    return this.acts.undo(params.id, body, doerOf(who));
  }

  @Handles('skip')
  skip(@Input() { params, body }: InputOf<'skip'>, @Who() who: SignedIn): Promise<Flag> {
    return this.acts.skip(params.id, body, body.reason, doerOf(who));
  }

  @Handles('snooze')
  snooze(@Input() { params, body }: InputOf<'snooze'>, @Who() who: SignedIn): Promise<Flag> {
    return this.acts.snooze(params.id, body, body.minutes, body.reason, doerOf(who));
  }

  @Handles('escalate')
  escalate(@Input() { params, body }: InputOf<'escalate'>, @Who() who: SignedIn): Promise<Flag> {
    return this.acts.escalate(params.id, body, body.reason, doerOf(who));
  }

  @Handles('comment')
  comment(@Input() { params, body }: InputOf<'comment'>, @Who() who: SignedIn): Promise<Flag> {
    return this.acts.comment(params.id, body, body.text, doerOf(who));
  }
}

/** `open,claimed`: at least one state, each of them known. */
function statesOf(text: string): readonly FlagState[] {
  const named = text.split(',');
  const states = flagStates.filter((state) => named.includes(state));
  if (states.length === 0 || named.some((name) => !(flagStates as readonly string[]).includes(name))) {
    refuse('malformed', `/query/state: is a list of ${flagStates.join(', ')}`);
  }
  return states;
}
