import { Controller } from '@nestjs/common';
import type { StreamRisk } from '@watchfloor/contracts';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';
import { RiskService } from './risk.service.ts';

@Controller()
export class RiskController {
  constructor(private readonly risk: RiskService) {}

  @Handles('streamRisk')
  read(@Input() { params }: InputOf<'streamRisk'>): Promise<StreamRisk> {
    return this.risk.of(params.stream);
  }
}
