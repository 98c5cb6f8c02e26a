import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Settings } from './settings.ts';

/** How many ports after the one asked for are tried. */
const portsTried = 20;

/**
 * Listens at the port asked for, or at the next free one.
 *
 * @returns the address, and a line that says so when it is not the port asked for
 */
export async function listen(
  app: NestFastifyApplication,
  settings: Settings,
): Promise<{ address: string; note?: string }> {
  for (let port = settings.port; ; port += 1) {
    try {
      await app.listen(port, settings.host);
      const address = addressOf(app, settings.host);
      return port === settings.port
        ? { address }
        : { address, note: `Port ${settings.port} is taken; this server listens at ${port}` };
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || port >= Math.min(65_535, settings.port + portsTried)) throw error;
    }
  }
}

function addressOf(app: NestFastifyApplication, host: string): string {
  const bound = app.getHttpServer().address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  // An address that listens everywhere is not one to go to.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
