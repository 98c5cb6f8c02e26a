import { Command } from 'commander';
import { addDetectCommand } from './offline/detect-command.ts';
import { addScoreCommand } from './offline/score-command.ts';
import { addReplayCommand } from './replay/replay-command.ts';
import { addWhatIfCommand } from './what-if/what-if-command.ts';

const program = new Command('watchfloor')
  .description('Plays recorded streams at a Watchfloor server, and looks at recorded data without one')
  .showHelpAfterError();
addReplayCommand(program);
addWhatIfCommand(program);
addScoreCommand(program);
addDetectCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`watchfloor: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
