import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { FlagsModule } from '../flags/flags.module.ts';
import { RiskModule } from '../risk/risk.module.ts';
import { StreamsModule } from '../streams/streams.module.ts';
import { WhatIfPreparing } from './what-if-preparing.ts';
import { WhatIfController } from './what-if.controller.ts';
import { WhatIfService } from './what-if.service.ts';
import { WhatIfStore } from './what-if.store.ts';

/** What another policy would have done with the predictions that are stored. */
@Module({
  imports: [AccessModule, FlagsModule, StreamsModule, RiskModule],
  controllers: [WhatIfController],
  providers: [WhatIfStore, WhatIfPreparing, WhatIfService],
})
export class WhatIfModule {}
