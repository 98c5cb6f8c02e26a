import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings } from '../../apps/api/src/platform/config/settings.ts';
import type { Settings } from '../../apps/api/src/platform/config/settings.ts';
import { startServer } from '../../apps/api/src/server.ts';
import { freshUrl } from './database.ts';

/** The real product on a free port, with a database of its own. */
export interface TestApp {
  /** Its address, without a slash at the end; the API lies under `/api/v1`. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly app: NestFastifyApplication;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Settings that differ from those of a quiet server on a free port with separation of duties off. */
  readonly settings?: Partial<Settings>;
  /** A database to start on instead of a fresh one: for restarts. It is not dropped. */
  readonly databaseUrl?: string;
}

/** Boots the whole product: call it in `beforeAll`, and `close` it in `afterAll`. */
export async function startApp({ settings = {}, databaseUrl }: TestAppOptions = {}): Promise<TestApp> {
  const database = databaseUrl === undefined ? await freshUrl() : { url: databaseUrl, drop: async () => undefined };
  const quiet = readSettings({ LOG_LEVEL: 'error', SEPARATION_OF_DUTIES: 'off' });
  const server = await startServer(Object.assign(quiet, { port: 0, databaseUrl: database.url }, settings));
  return {
    url: server.address,
    databaseUrl: database.url,
    app: server.app,
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}
