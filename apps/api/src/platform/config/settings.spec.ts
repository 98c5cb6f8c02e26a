import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from './settings.ts';

function linesOf(environment: Record<string, string>, args: string[] = []): readonly string[] {
  try {
    readSettings(environment, args);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
}

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.watchfloor',
      metrics: 'local',
      separationOfDuties: false,
      isDemo: false,
    });
  });

  it('separate duties where a database was brought, unless it is said otherwise', () => {
    const url = 'postgres://localhost/watchfloor';
    expect(readSettings({ DATABASE_URL: url }).separationOfDuties).toBe(true);
    expect(readSettings({ DATABASE_URL: url, SEPARATION_OF_DUTIES: 'off' }).separationOfDuties).toBe(false);
    expect(readSettings({ SEPARATION_OF_DUTIES: 'on' }).separationOfDuties).toBe(true);
  });

  it('that are empty count as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  it.each([
    [{ PORT: 'many' }, 'PORT: '],
    [{ PORT: '65536' }, 'PORT: '],
    [{ DATABASE_URL: 'mysql://localhost' }, 'DATABASE_URL: '],
    [{ PUBLIC_URL: 'watchfloor.example' }, 'PUBLIC_URL: '],
    [{ SEPARATION_OF_DUTIES: 'maybe' }, 'SEPARATION_OF_DUTIES: '],
    [{ WATCHFLOOR_INGEST_KEY: 'short' }, 'WATCHFLOOR_INGEST_KEY: '],
    [{ WATCHFLOOR_ADMIN_EMAIL: 'a@b.example' }, 'WATCHFLOOR_ADMIN_EMAIL and WATCHFLOOR_ADMIN_PASSWORD: '],
    [{ WATCHFLOOR_COLOUR: 'blue' }, 'WATCHFLOOR_COLOUR: unknown setting'],
    [{ NATS_URL: 'nats://localhost' }, 'NATS_URL: '],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: '],
  ])('that are wrong are named: %j', (environment, beginning) => {
    const lines = linesOf(environment);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.startsWith(beginning)).toBe(true);
  });

  it('that are wrong are all named at once', () => {
    expect(linesOf({ PORT: 'x', WATCHFLOOR_COLOUR: 'blue' }, ['--dmo'])).toHaveLength(3);
  });

  it('take an address without its last slash', () => {
    expect(readSettings({ PUBLIC_URL: 'https://floor.example/' }).publicUrl).toBe('https://floor.example');
  });
});
