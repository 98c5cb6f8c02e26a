import { Command } from 'commander';
import { addReplayCommand } from './replay/replay-command.ts';
import { addWhatIfCommand } from './what-if/what-if-command.ts';

const program = new Command('watchfloor')
  .description('Plays recorded streams at a Watchfloor server')
  .showHelpAfterError();
addReplayCommand(program);
addWhatIfCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`watchfloor: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
