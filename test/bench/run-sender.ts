import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './sender.ts';

/** Sends load from a process of its own, so that the server is not measured with its client inside. */
export async function runSender(order: Order): Promise<Report> {
  const script = fileURLToPath(new URL('sender.ts', import.meta.url));
  const child = spawn(process.execPath, ['--max-old-space-size=4096', script, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') child.stdin.write('go\n');
    else return JSON.parse(line) as Report;
  }
  throw new Error('the sender ended without a report');
}
