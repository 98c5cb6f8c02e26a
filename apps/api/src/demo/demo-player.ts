import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';

const checkout = new URL('../../../../', import.meta.url);
const recordings = ['digits', 'breast-screening', 'disease-progression'];
/** Recorded seconds in one: fast enough that something happens within moments, slow enough to answer. */
const speed = 3;
const truthAfterSeconds = 180;
const killAfterMs = 3_000;

/**
 * Plays the recorded streams in a loop, as a model service would send them: from outside, over HTTP, with an ingest key.
 *
 * @returns a function that stops it
 */
export function playDemo(url: string, key: string): () => Promise<void> {
  const files = recordings.map((name) => fileURLToPath(new URL(`test/streams/${name}.jsonl`, checkout)));
  const cli = fileURLToPath(new URL('apps/cli/src/main.ts', checkout));
  const options = ['--loop', '--fresh-ids', '--speed', String(speed), '--truth-after', String(truthAfterSeconds)];
  const child = spawn(process.execPath, [cli, 'replay', ...files, '--url', url, ...options], {
    // The key goes by the environment: arguments can be read by every process on the machine.
    env: { ...process.env, WATCHFLOOR_INGEST_KEY: key },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lastWords = '';
  child.stderr.on('data', (chunk: Buffer) => (lastWords = chunk.toString().slice(-1_000)));
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => (lastWords = error.message));
    child.once('close', (code) => {
      if (code !== 0 && code !== null) new Logger('Demo').error(`the player ended with ${code}: ${lastWords}`);
      resolve();
    });
  });
  return async () => {
    child.kill('SIGTERM');
    const giveUp = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await gone;
    clearTimeout(giveUp);
  };
}
