import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientToServer, Refusal, ServerToClient } from '@watchfloor/contracts';
import { liveNamespace, roles } from '@watchfloor/contracts';
import pg from 'pg';
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { io } from 'socket.io-client';
import type { TestApp } from '../../../../test/kit/app.ts';
import { startApp } from '../../../../test/kit/app.ts';
import { ingestKey, signIn } from '../../../../test/kit/people.ts';
import { clientEventNeeds, connectNeeds, rolesWith, serverEventNeeds } from './matrix.ts';

let app: TestApp;
const open: Socket[] = [];
beforeAll(async () => {
  app = await startApp({ settings: { separationOfDuties: true } });
}, 60_000);
afterAll(async () => {
  for (const socket of open) socket.close();
  await app.close();
});

function connect(options: Partial<ManagerOptions & SocketOptions>): Socket<ServerToClient, ClientToServer> {
  const socket = io(app.url + liveNamespace, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  open.push(socket);
  return socket;
}

const refusalOf = (socket: Socket) =>
  new Promise<Refusal>((resolve, reject) => {
    socket.on('connect', () => reject(new Error('the socket was let in')));
    socket.on('connect_error', (error) => resolve((error as Error & { data: Refusal }).data));
  });

/** What a console says, well-formed. */
const said = {
  subscribe: { streams: ['*'] },
  unsubscribe: { streams: ['*'] },
  presence: { screen: 'queue' },
} as const satisfies { [Name in keyof ClientToServer]: Parameters<ClientToServer[Name]>[0] };

describe('P11: nobody hears or says more on the socket than their role allows', () => {
  for (const role of roles) {
    it(`lets the ${role} do what the matrix says, and no more`, async () => {
      const { cookie } = await signIn(app, [role]);
      const socket = connect({ extraHeaders: { cookie } });
      if (!rolesWith[connectNeeds].includes(role)) {
        expect(await refusalOf(socket)).toMatchObject({ refused: 'not-allowed' });
        return;
      }
      const heard = new Set<string>();
      socket.onAny((name: string) => heard.add(name));
      for (const [name, needs] of Object.entries(clientEventNeeds)) {
        const answer = (await (socket as Socket).emitWithAck(name, said[name as keyof typeof said])) as { ok: boolean };
        expect([name, answer.ok]).toEqual([name, rolesWith[needs].includes(role)]);
      }
      // Somebody else comes: an entry of the record, and a change of presence.
      const other = connect({ extraHeaders: { cookie: (await signIn(app, ['reviewer'])).cookie } });
      await (other as Socket).emitWithAck('presence', said.presence);
      const due = (['hello', 'entry', 'presence'] as const).filter((name) =>
        rolesWith[serverEventNeeds[name]].includes(role),
      );
      for (let waited = 0; waited < 5_000 && !due.every((name) => heard.has(name)); waited += 50) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect([...heard].sort()).toEqual([...due].sort());
    }, 20_000);
  }

  it('lets nobody in without a role, with an ingest key, or with nothing', async () => {
    const person = await signIn(app, ['reviewer']);
    const database = new pg.Client({ connectionString: app.databaseUrl });
    await database.connect();
    await database.query(`update person set roles = '{}' where id = $1`, [person.id]);
    await database.end();
    expect(await refusalOf(connect({ extraHeaders: { cookie: person.cookie } }))).toMatchObject({
      refused: 'not-allowed',
    });
    const key = await ingestKey(app);
    for (const options of [{ extraHeaders: { authorization: `Bearer ${key}` } }, { auth: { token: key } }, {}]) {
      expect(await refusalOf(connect(options))).toMatchObject({ refused: 'not-signed-in' });
    }
  });
});
