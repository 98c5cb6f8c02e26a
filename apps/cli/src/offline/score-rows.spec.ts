import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { scoreRows } from '@watchfloor/detection';
import { mostLineChars, readLines } from './read-lines.ts';
import { scoreLines } from './score-rows.ts';

async function scored(pieces: Iterable<string>, threshold = 0.85) {
  const tally = { rows: 0, odd: 0 };
  const stream = Readable.from([...pieces].map((piece) => Buffer.from(piece)));
  const lines = readLines({ name: 'a.csv', stream, bytes: null }, () => undefined);
  let text = '';
  for await (const line of scoreLines(lines, 'a.csv', threshold, tally)) text += line;
  return { text, tally };
}

const head = 'timestamp,value\n';

/** Five hundred minutes of a slow wave, and one minute far off. */
const rows = Array.from({ length: 501 }, (_, minute) => ({
  timestamp: new Date(Date.parse('2026-11-22T00:00:00Z') + minute * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' '),
  value: minute === 480 ? 90 : Math.round(100 * Math.sin(minute / 9)) / 10,
}));
const csv = head + rows.map(({ timestamp, value }) => `${timestamp},${value}\n`).join('');

describe('scoring a series', () => {
  it('gives each row as it was written, with the score of the library', async () => {
    const { text, tally } = await scored([csv]);
    const { scores } = scoreRows(rows);
    const written = rows.map(({ timestamp, value }, row) => `${timestamp},${value},${scores[row]!}`);
    expect(text.trimEnd().split('\n')).toEqual(['timestamp,value,score', ...written]);
    expect(scores[480]).toBeGreaterThan(0.85);
    expect(tally).toEqual({ rows: 501, odd: scores.filter((score) => score >= 0.85).length });
  });

  it('does not depend on where the file is cut, on line ends, quotes, blank lines or the order of columns', async () => {
    const { text } = await scored([csv]);
    expect((await scored(csv)).text).toBe(text);
    expect((await scored(['\ufeff', csv.replaceAll('\n', '\r\n\r\n')])).text).toBe(text);
    const turned = rows.map(({ timestamp, value }) => `"${value}","${timestamp}"\n`).join('');
    expect((await scored(['Value,Timestamp\n', turned])).text).toBe(text);
  });

  it.each([
    ['', 'a.csv: has no header'],
    ['time,value\n', 'a.csv:1: the first line must name timestamp and value'],
    [`${head}2026-11-22 00:00:00,1\n2026-11-22 00:01:00,=1+1\n`, 'a.csv:3: the value is not a number'],
    [`${head}2026-11-22 00:00:00,NaN\n`, 'a.csv:2: the value is not a number'],
    [`${head}2026-11-22 00:00:00,1e999\n`, 'a.csv:2: value'],
    [`${head}2026-11-22 00:00:00,\n`, 'a.csv:2: the value is not a number'],
    [`${head}yesterday,1\n`, 'a.csv:2: timestamp is not a timestamp'],
    [`${head}2026-11-22 00:00:00,1,2\n`, 'a.csv:2: has 3 fields, and the first line has 2'],
    [head + 'x'.repeat(mostLineChars + 1), 'a.csv:2: the line is longer'],
  ])('says which line of %j does not fit', async (text, reason) => {
    await expect(scored([text])).rejects.toThrow(reason);
  });
});
