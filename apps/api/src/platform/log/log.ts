import type { LoggerService } from '@nestjs/common';
import type { DestinationStream, Logger as Pino } from 'pino';
import { destination, pino } from 'pino';
import type { Settings } from '../config/settings.ts';

/** The framework's own news at its start: for those who look for trouble, not for everybody. */
const frameworkParts: ReadonlySet<unknown> = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
]);

/** What the server logs: lines of JSON on standard error. At `error` and above someone must act. */
export class Log implements LoggerService {
  private readonly pino: Pino;

  constructor(level: Settings['logLevel'], target: DestinationStream = destination({ dest: 2, sync: true })) {
    this.pino = pino({ level, base: null }, target);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.pino.fatal(...entryOf(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error(...entryOf(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn(...entryOf(message, rest));
  }

  log(message: unknown, ...rest: unknown[]): void {
    const entry = entryOf(message, rest);
    if (frameworkParts.has(entry[0].part)) this.pino.debug(...entry);
    else this.pino.info(...entry);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.pino.debug(...entryOf(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.pino.trace(...entryOf(message, rest));
  }
}

/** Nest puts the name of the part last, and before it, for errors, perhaps a stack. */
function entryOf(
  message: unknown,
  rest: readonly unknown[],
): [{ part?: unknown; stack?: unknown; err?: Error }, string] {
  const part = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  const fields = { ...(part !== undefined && { part }), ...(stack !== undefined && { stack }) };
  if (message instanceof Error) return [{ ...fields, err: message }, message.message];
  return [fields, typeof message === 'string' ? message : JSON.stringify(message)];
}
