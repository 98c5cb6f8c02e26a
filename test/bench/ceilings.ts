import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { endlessPredictions } from './predictions.ts';

/** Rows are taken out of the table that the server filled, and put back by COPY: the same rows into the same table. */
export async function measureRawCopy(url: string): Promise<{ perSecond: number; rows: number }> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const chunks: Buffer[] = [];
    const collect = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    const rows = await rowsIn(client);
    await pipeline(client.query(copyTo('copy (select * from prediction) to stdout')), collect);
    await client.query('truncate prediction');
    const startMs = performance.now();
    await pipeline(Readable.from(chunks), client.query(copyFrom('copy prediction from stdin')));
    const ms = performance.now() - startMs;
    if ((await rowsIn(client)) !== rows) throw new Error('rows were lost on the way');
    return { perSecond: (rows * 1000) / ms, rows };
  } finally {
    await client.end();
  }
}

async function rowsIn(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>('select count(*) from prediction');
  return Number(rows[0]?.count);
}

const plainTable =
  'create table plain_prediction (stream text, id text, label text, confidence float8, body json, primary key (stream, id))';

class PlainPrediction {
  stream!: string;
  id!: string;
  label!: string | null;
  confidence!: number | null;
  body!: object;
}
Entity('plain_prediction')(PlainPrediction);
PrimaryColumn('text')(PlainPrediction.prototype, 'stream');
PrimaryColumn('text')(PlainPrediction.prototype, 'id');
Column('text', { nullable: true })(PlainPrediction.prototype, 'label');
Column('float8', { nullable: true })(PlainPrediction.prototype, 'confidence');
Column('json')(PlainPrediction.prototype, 'body');

/** What a team would write first: one `repository.save` for each prediction, so many under way at once. */
export async function measureRepositorySave(url: string, atOnce: number, seconds: number) {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [PlainPrediction],
    extra: { max: Math.min(atOnce, 20) },
  }).initialize();
  await dataSource.query(plainTable);
  const repository = dataSource.getRepository(PlainPrediction);
  const supply = endlessPredictions(4, 0);
  const latencies: number[] = [];
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  const worker = async () => {
    while (performance.now() < endMs) {
      const prediction = supply.next().value;
      const { stream, id, label = null, confidence = null } = prediction;
      const sentMs = performance.now();
      await repository.save({ stream, id, label, confidence, body: prediction });
      latencies.push(performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const ms = performance.now() - startMs;
  await dataSource.destroy();
  return { perSecond: (latencies.length * 1000) / ms, latencies };
}
