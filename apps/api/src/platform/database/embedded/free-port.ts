import { createServer } from 'node:net';

/** @returns `preferred` where it is free, else any port that is free just now */
export async function freePort(host: string, preferred?: number): Promise<number> {
  return (preferred === undefined ? undefined : await tryPort(host, preferred)) ?? (await tryPort(host, 0)) ?? 0;
}

function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
