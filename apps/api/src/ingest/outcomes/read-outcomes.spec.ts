import { describe, expect, it } from '@jest/globals';
import { ingestLimits } from '@watchfloor/contracts';
import { readOutcomes } from './read-outcomes.ts';

const json = { 'content-type': 'application/json' };
const lines = { 'content-type': 'application/x-ndjson' };

/** A body in pieces, as from a socket. */
async function* pieces(text: string, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe('a body of outcomes', () => {
  it('is an object, a list or lines: each reads the same', async () => {
    const outcome = { stream: 'sums', id: 'a', label: 'five' };
    const text = JSON.stringify(outcome);
    for (const [headers, body] of [
      [json, text],
      [json, `[${text}]`],
      [lines, `${text}\n`],
      [lines, `\ufeff${text}`],
    ] as const) {
      expect(await readOutcomes(headers, pieces(body))).toEqual([{ outcome }]);
    }
  });

  it('says of each bad item where and why, and keeps the good ones', async () => {
    const body = ['{"stream":"sums","id":"a","label":"x"}', '{"stream":"sums"', '{"stream":"sums","id":"b","odd":1}'];
    const read = await readOutcomes(lines, pieces(body.join('\n'), 11));
    expect(read[0]).toEqual({ outcome: { stream: 'sums', id: 'a', label: 'x' } });
    expect(read[1]).toMatchObject({ pointer: '', reason: expect.stringContaining('is not JSON') });
    expect(read[2]).toEqual({ pointer: '/odd', reason: 'is not a field of an outcome' });
  });

  it('is refused as a whole when a list is not JSON, has too many items, or is no such body', async () => {
    await expect(readOutcomes(json, pieces('[{"stream":"sums","id":"a"},{"stream":}]'))).rejects.toMatchObject({
      refused: 'malformed',
    });
    const many = '{}\n'.repeat(ingestLimits.items + 1);
    await expect(readOutcomes(lines, pieces(many, 65_536))).rejects.toMatchObject({ refused: 'too-large' });
    const event = { 'content-type': 'application/cloudevents+json' };
    await expect(readOutcomes(event, pieces('{}'))).rejects.toMatchObject({ refused: 'unsupported-content' });
  });
});
