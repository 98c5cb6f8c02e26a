import type { NestApplicationOptions } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { demoLines, ensureDemoPeople } from './access/demo-people.ts';
import { AccessService } from './access/access.service.ts';
import { credentialsOf } from './access/credentials.ts';
import { AppModule } from './app.module.ts';
import { playDemo } from './demo/demo-player.ts';
import { ensureDemoStreams } from './demo/demo-streams.ts';
import { PublicAddress } from './platform/config/public-address.ts';
import type { Settings } from './platform/config/settings.ts';
import type { EmbeddedPostgres } from './platform/database/embedded/embedded-postgres.ts';
import { startEmbedded } from './platform/database/embedded/embedded-postgres.ts';
import { DataDirLock } from './platform/database/embedded/data-dir-lock.ts';
import { Work } from './platform/database/work.ts';
import { migrateDatabase } from './platform/database/data-source.ts';
import { listen } from './platform/config/listen.ts';
import { Readiness } from './platform/health/readiness.ts';
import { serveOperations } from './platform/health/operations.ts';
import { doorAdapter, openDoor } from './platform/http/door.ts';
import { Log } from './platform/log/log.ts';
import { Metrics } from './platform/metrics/metrics.ts';

/** The running product. */
export interface Server {
  /** Where it listens, without a slash at the end. */
  readonly address: string;
  /** What the operator should read, in order. */
  readonly lines: readonly string[];
  readonly app: NestFastifyApplication;
  /** Stops taking requests, lets the lanes finish, closes sockets and connections, and stops an embedded database last. */
  close(): Promise<void>;
}

/**
 * Starts the product: database, migrations, rooms, HTTP.
 *
 * @throws DataDirTaken when a server already runs on the data directory, and Error with one clear line otherwise
 */
export async function startServer(settings: Settings): Promise<Server> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.reverse().splice(0)) {
      await closer().catch((error: unknown) => new Logger('Server').error(error));
    }
  };
  try {
    const { url, notes, lock } = await openDatabase(settings, closers);
    await migrateDatabase(url);

    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its plain options as a class
    const options: NestApplicationOptions = {
      abortOnError: false,
      bodyParser: false,
      forceCloseConnections: true,
      logger: new Log(settings.logLevel),
    };
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.with(settings, url),
      doorAdapter(settings),
      options,
    );
    closers.push(() => app.close());
    await openDoor(app, settings);
    operate(app, settings);
    const { address, note } = await listen(app, settings);
    lock?.servesAt(address);
    const welcome = await app.get(PublicAddress).listensAt(address);
    const demo = settings.isDemo ? await startDemo(app, address, closers) : [];
    return { address, lines: [...notes, ...(note === undefined ? [] : [note]), ...welcome, ...demo], app, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startDemo(
  app: NestFastifyApplication,
  address: string,
  closers: (() => Promise<void>)[],
): Promise<readonly string[]> {
  const access = await ensureDemoPeople(app);
  await ensureDemoStreams(app);
  closers.push(playDemo(address, access.ingestKey));
  return demoLines(access);
}

function operate(app: NestFastifyApplication, settings: Settings): void {
  const readiness = app.get(Readiness);
  readiness.expect('database', async () => {
    await app.get(Work).read((tx) => tx.query('select 1'));
    return undefined;
  });
  const access = app.get(AccessService);
  serveOperations(app.getHttpAdapter().getInstance(), {
    settings,
    readiness,
    metrics: app.get(Metrics),
    isSignedIn: async ({ headers }) => {
      const { bearer, cookie = bearer } = credentialsOf(headers);
      return cookie !== undefined && (await access.session(cookie)) !== null;
    },
  });
}

interface OpenDatabase {
  readonly url: string;
  readonly notes: readonly string[];
  readonly lock?: DataDirLock;
}

async function openDatabase(settings: Settings, closers: (() => Promise<void>)[]): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl, notes: [] };
  const lock = new DataDirLock(settings.dataDir);
  lock.take();
  closers.push(async () => lock.release());
  const embedded: EmbeddedPostgres = await startEmbedded(settings.dataDir);
  closers.push(() => embedded.stop());
  return { url: embedded.url, notes: embedded.notes, lock };
}
