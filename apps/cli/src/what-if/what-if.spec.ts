import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { whatIfResultSchema } from '@watchfloor/contracts';
import { readRecording } from '../replay/recording.ts';
import { replayRecording } from './replay-recording.ts';
import { settingsFrom } from './settings-file.ts';

const digits = fileURLToPath(new URL('../../../../test/streams/digits.jsonl', import.meta.url));

async function asked(policy: object, against: object = {}) {
  const question = {
    settings: settingsFrom(policy, 'policy'),
    against: settingsFrom(against, 'against'),
    reviewers: 2,
    startMs: 0,
    onRow: () => undefined,
  };
  return whatIfResultSchema.parse(await replayRecording(readRecording(digits), question));
}

describe('a what-if over a recording', () => {
  it('changes nothing between equal policies', async () => {
    const { before, after, newlyFlagged, noLongerFlagged } = await asked({}, {});
    expect([newlyFlagged, noLongerFlagged]).toEqual([0, 0]);
    expect(after).toEqual(before);
  });

  it('lets fewer errors pass where more is flagged, and counts them by the truth of the recording', async () => {
    const { before, after, predictions } = await asked({ detectors: { 'low-confidence': { threshold: 0.9 } } });
    expect(predictions).toBe(1_297);
    expect(after.flagged + after.grouped).toBeGreaterThan(before.flagged + before.grouped);
    expect(after.knownPassed.errors).toBeLessThan(before.knownPassed.errors);
    expect(after.passedErrors.errors).toBe(after.knownPassed.errors);
    expect(after.passedErrors.answers).toBe(after.passed);
  });
});

describe('a policy file', () => {
  it('may hold parts, or a policy as it was served', () => {
    const part = settingsFrom({ detectors: { burst: { factor: 7 } } }, 'a.json');
    expect(part.detectors.burst).toMatchObject({ enabled: true, factor: 7 });
    expect(settingsFrom({ ...part, version: 4 }, 'a.json')).toEqual(part);
  });

  it('is refused by name and place', () => {
    expect(() => settingsFrom({ detectors: { burst: { factor: 0 } } }, 'a.json')).toThrow(
      'a.json: /detectors/burst/factor',
    );
    expect(() => settingsFrom([1], 'a.json')).toThrow('a.json');
  });
});
