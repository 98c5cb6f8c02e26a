import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '@watchfloor/contracts';
import type { TestDatabase } from '../../../../test/kit/database.ts';
import { freshDatabase } from '../../../../test/kit/database.ts';
import type { RecordRoom } from '../../../../test/kit/record-room.ts';
import { openRecordRoom } from '../../../../test/kit/record-room.ts';
import { StreamStore } from './stream-store.ts';
import { maxStreams, StreamsService } from './streams.service.ts';

const left = 3;

describe('a floor that is nearly full', () => {
  let database: TestDatabase;
  let room: RecordRoom;

  beforeAll(async () => {
    database = await freshDatabase();
    room = await openRecordRoom(database.url);
    const { version, ...settings } = defaultPolicy;
    await database.query(
      `with added as (
         insert into stream (name, task) select 'stream-' || number, 'label' from generate_series(1, $1::int) number
         returning id
       )
       insert into stream_policy (stream_id, version, settings) select id, $2::int, $3::json from added`,
      [maxStreams - left, version, JSON.stringify(settings)],
    );
  });
  afterAll(async () => {
    await room.close();
    await database.close();
  });

  it('registers as many streams as there is room for, whoever registers at the same moment', async () => {
    // Two servers with several lanes each: none of them knows of the others' new streams before they are committed.
    const servers = [1, 2].map(() => new StreamsService(room.work, new StreamStore(), room.record));
    for (const server of servers) await server.onModuleInit();
    const turns = await Promise.all(
      servers.flatMap((server, number) =>
        ['a', 'b', 'c'].map((lane) => {
          const firsts = [1, 2].map((index) => ({ stream: `new-${number}-${lane}-${index}`, id: '1', label: 'fine' }));
          return room.work.run((tx) => server.register(tx, firsts));
        }),
      ),
    );

    expect(turns.reduce((sum, { size }) => sum + size, 0)).toBe(left);
    const [row] = await database.query<{ count: number }>('select count(*)::int as count from stream');
    expect(row?.count).toBe(maxStreams);
  });
});
