import { Controller } from '@nestjs/common';
import type { ScoreAnswer } from '@watchfloor/contracts';
import { scoreRows } from '@watchfloor/detection';
import { Handles } from '../platform/http/handles.ts';
import type { InputOf } from '../platform/http/input.ts';
import { Input } from '../platform/http/input.ts';

@Controller()
export class ScoreController {
  @Handles('score')
  score(@Input() { body }: InputOf<'score'>): ScoreAnswer {
    return scoreRows(body.rows);
  }
}
