import { describe, expect, it } from '@jest/globals';
import type { Signal } from '@watchfloor/contracts';
import { recordedStream, replay, streamStartMs, watchSettings } from '../../../../test/builders/a-stream.ts';
import { settingsFrom } from '../what-if/settings-file.ts';
import { detectLines, mostStreams, type RecordedLine } from './detect-rows.ts';

interface Said {
  readonly line: number;
  readonly stream: string;
  readonly id?: string;
  readonly signal: Signal;
}

async function detected(lines: Iterable<RecordedLine>, policy: object = {}) {
  const tally = { predictions: 0, signals: 0, windows: 0 };
  const said: Said[] = [];
  const each = (async function* () {
    yield* lines;
  })();
  for await (const text of detectLines(each, settingsFrom(policy, 'policy'), streamStartMs, tally)) {
    said.push(JSON.parse(text) as Said);
  }
  return { said, tally };
}

const digits = recordedStream('digits');
const lines = digits.map(({ offsetSeconds, prediction }, index) => ({
  number: index + 1,
  recorded: { offsetSeconds, prediction },
}));

describe('detecting in a recording', () => {
  it('says what a watch says of it, prediction by prediction, but for the audit sample', async () => {
    const { said, tally } = await detected(lines);
    const settings = watchSettings(
      { 'audit-sample': { enabled: false, probability: 0 } },
      { streamName: 'digits', policyVersion: 1 },
    );
    const findings = replay(digits, settings, 1);
    const expected = findings.flatMap(({ signals, windows }, index) =>
      [...signals, ...windows.map(({ signal }) => signal)].map((signal) => ({ line: index + 1, signal })),
    );
    expect(said.map(({ line, signal }) => ({ line, signal }))).toEqual(expected);
    expect(tally.predictions).toBe(1_297);
    expect(tally.signals + tally.windows).toBe(said.length);
    expect(said.filter(({ id }) => id === undefined)).toHaveLength(tally.windows);
  });

  it('obeys a policy', async () => {
    const off = { detectors: { 'low-confidence': { enabled: false }, 'small-margin': { enabled: false } } };
    const kinds = (await detected(lines, off)).said.map(({ signal }) => signal.kind);
    expect(kinds).not.toContain('low-confidence');
  });

  it('bears a recording whose times go back, and long pauses', async () => {
    const odd = lines.slice(0, 30).map((line, index) => ({
      ...line,
      recorded: {
        ...line.recorded,
        offsetSeconds: index === 10 ? 0 : index === 20 ? 1e7 : line.recorded.offsetSeconds,
      },
    }));
    expect((await detected(odd)).tally.predictions).toBe(30);
  });

  it('refuses more streams than it has room for', async () => {
    const many = function* (): Generator<RecordedLine> {
      for (let number = 1; number <= mostStreams + 1; number++) {
        yield { number, recorded: { offsetSeconds: 0, prediction: { stream: `s${number}`, id: 'a', label: 'x' } } };
      }
    };
    const off = Object.keys(settingsFrom({}, 'p').detectors).map((kind) => [kind, { enabled: false }]);
    await expect(detected(many(), { detectors: Object.fromEntries(off) as object })).rejects.toThrow(
      'more than 10000 streams',
    );
  });
});
