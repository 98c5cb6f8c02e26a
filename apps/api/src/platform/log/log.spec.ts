import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../config/settings.ts';
import { Log } from './log.ts';

function logged(level: Settings['logLevel'], write: (log: Log) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(new Log(level, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('holds what is at its level or above', () => {
    const all = (log: Log) => {
      for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const) log[level](level, 'Part');
    };
    const messages = (level: Settings['logLevel']) => logged(level, all).map(({ msg }) => msg);
    expect(messages('trace')).toEqual(['verbose', 'debug', 'log', 'warn', 'error', 'fatal']);
    expect(messages('warn')).toEqual(['warn', 'error', 'fatal']);
    expect(messages('silent')).toEqual([]);
  });

  it('names the part, and keeps an error with its stack', () => {
    const [plain, thrown, nest] = logged('info', (log) => {
      log.warn('slow', 'Lanes');
      log.error(new Error('broken'), 'Lanes');
      log.error('broken', 'Error: broken\n    at here', 'Lanes');
    });
    expect(plain).toMatchObject({ level: 40, part: 'Lanes', msg: 'slow' });
    expect(thrown).toMatchObject({ level: 50, part: 'Lanes', msg: 'broken', err: { message: 'broken' } });
    expect(nest).toMatchObject({ stack: 'Error: broken\n    at here', part: 'Lanes' });
  });

  it('keeps the framework’s news for those who look for trouble', () => {
    const write = (log: Log) => {
      log.log('Mapped {/api/v1/flags, GET} route', 'RouterExplorer');
    };
    expect(logged('info', write)).toEqual([]);
    expect(logged('debug', write)).toHaveLength(1);
  });

  it('is one line for each entry, whatever it holds', () => {
    expect(logged('info', (log) => log.warn('two\nlines {"level":60}', 'Part'))).toHaveLength(1);
  });
});
