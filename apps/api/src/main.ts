import 'reflect-metadata';
import { readSettings, SettingsError } from './platform/config/settings.ts';
import type { Server } from './server.ts';
import { startServer } from './server.ts';

/** After this long a shutdown is cut off; what was accepted is committed anyway. */
const shutdownMs = 10_000;
const badUsage = 2;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const starting = startServer(readSettings(process.env, process.argv.slice(2)));
  stopOnSignal(starting);
  const server = await starting;
  for (const line of server.lines) say(line);
  say(`Watchfloor is ready at ${server.address}`);
} catch (error) {
  const lines = linesOf(error).map((line) => `watchfloor: ${line}\n`);
  process.stderr.write(lines.join(''));
  process.exit(error instanceof SettingsError ? badUsage : 1);
}

/** A signal during the start waits for it: a half-started database is worse to leave than a second is to wait. */
function stopOnSignal(starting: Promise<Server>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      say('Stopping ...');
      setTimeout(() => process.exit(1), shutdownMs).unref();
      void starting
        .then((server) => server.close())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  }
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof SettingsError) return error.lines;
  return [error instanceof Error ? error.message : String(error)];
}
