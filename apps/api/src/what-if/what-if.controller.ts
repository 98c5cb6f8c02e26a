import { Controller } from '@nestjs/common';
import type { WhatIfRun } from '@watchfloor/contracts';
import { FlagsService } from '../flags/flags.service.ts';
import { viewerOf } from '../flags/viewer.ts';
import { Work } from '../platform/database/work.ts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import type { SignedIn } from '../platform/http/principal.ts';
import { Who } from '../platform/http/who.ts';
import { WhatIfService } from './what-if.service.ts';

@Controller()
export class WhatIfController {
  constructor(
    private readonly work: Work,
    private readonly flags: FlagsService,
    private readonly whatIfs: WhatIfService,
  ) {}

  @Handles('askWhatIf')
  ask(@Input() { params, body }: InputOf<'askWhatIf'>, @Who() { person }: SignedIn): WhatIfRun {
    return this.whatIfs.ask(params.stream, body, person.id);
  }

  @Handles('whatIf')
  async read(@Input() { params }: InputOf<'whatIf'>, @Who() who: SignedIn): Promise<WhatIfRun> {
    const run = this.whatIfs.find(params.stream, params.run, who.person.id);
    const served = run.served();
    if (served.result === undefined) return served;
    const { id } = run.stream;
    const hidden = await this.work.read((tx) => this.flags.hidden(tx, viewerOf(who), [id]));
    // Which detectors speak is a hint as well: what the reader could still answer blind is left out altogether.
    const samples = served.result.samples.filter(({ position }) => !hidden.has(id, position));
    return { ...served, result: { ...served.result, samples } };
  }

  @Handles('cancelWhatIf')
  cancel(@Input() { params }: InputOf<'cancelWhatIf'>, @Who() { person }: SignedIn): void {
    this.whatIfs.cancel(params.stream, params.run, person.id);
  }
}
