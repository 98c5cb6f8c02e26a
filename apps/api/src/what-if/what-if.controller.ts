import { Controller } from '@nestjs/common';
import type { WhatIfRun } from '@watchfloor/contracts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { Who } from '../platform/http/who.ts';
import { WhatIfService } from './what-if.service.ts';

@Controller()
export class WhatIfController {
  constructor(private readonly whatIfs: WhatIfService) {}

  @Handles('askWhatIf')
  ask(@Input() { params, body }: InputOf<'askWhatIf'>, @Who() { person }: SignedIn): WhatIfRun {
    return this.whatIfs.ask(params.stream, body, person.id);
  }

  @Handles('whatIf')
  read(@Input() { params }: InputOf<'whatIf'>, @Who() { person }: SignedIn): WhatIfRun {
    return this.whatIfs.find(params.stream, params.run, person.id).served();
  }

  @Handles('cancelWhatIf')
  cancel(@Input() { params }: InputOf<'cancelWhatIf'>, @Who() { person }: SignedIn): void {
    this.whatIfs.cancel(params.stream, params.run, person.id);
  }
}
