import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { predictionSchema } from '@watchfloor/contracts';
import { firstCommand, shells } from './first-command.ts';

const origin = 'http://127.0.0.1:3000';
const key = 'wf_abc123';

/** The arguments that a POSIX shell hands to curl. */
function argumentsOf(command: string): string[] {
  const printed = execFileSync('sh', [
    '-c',
    `curl() { for part in "$@"; do printf '%s\\0' "$part"; done; }; ${command}`,
  ]);
  return printed.toString().split('\0').slice(0, -1);
}

describe('the command for a first prediction', () => {
  it('hands curl this server, the key, and a prediction that the contracts take', () => {
    const [, url, , authorization, , type, , body] = argumentsOf(firstCommand('curl', origin, key, 'first-1'));
    expect([url, authorization, type]).toEqual([
      `${origin}/api/v1/predictions`,
      `authorization: Bearer ${key}`,
      'content-type: application/json',
    ]);
    expect(predictionSchema.parse(JSON.parse(body ?? ''))).toMatchObject({ stream: 'my-model', id: 'first-1' });
  });

  it.each(Object.keys(shells) as (keyof typeof shells)[])('quotes safely for %s', (shell) => {
    const [, body = ''] = /'(\{.*\})'/.exec(firstCommand(shell, origin, key, 'first-1')) ?? [];
    expect(body).not.toContain("'");
    expect(() => JSON.parse(body) as unknown).not.toThrow();
  });
});
