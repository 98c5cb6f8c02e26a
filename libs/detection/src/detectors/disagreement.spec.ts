import { describe, expect, it } from '@jest/globals';
import type { Prediction } from '@watchfloor/contracts';
import { only, signalsOf, watchAll } from '../../../../test/builders/a-stream.ts';

const settings = only('disagreement', { share: 1 });
const champion = { name: 'toxic-bert', version: '3.1' };
const challenger = { name: 'toxic-bert', version: '4.0' };

/** The champion and the challenger answer about the same subjects in turn. */
function duel(count: number, answers: (subject: number, isChallenger: boolean) => Partial<Prediction>) {
  return Array.from({ length: count }, (_, index) => {
    const subject = index >> 1;
    const isChallenger = index % 2 === 1;
    const model = isChallenger ? challenger : champion;
    return { model, subjectId: `user-${subject}`, ...answers(subject, isChallenger) };
  });
}

function told(rows: readonly Partial<Prediction>[], of = settings, gapMs = 1_000) {
  return signalsOf(watchAll(rows, of, { gapMs }), 'disagreement');
}

describe('disagreement', () => {
  it('is told with both answers, on the later one', () => {
    const rows = duel(20, (subject, isChallenger) => ({
      label: subject === 7 && isChallenger ? 'toxic' : 'fine',
      confidence: isChallenger ? 0.61 : 0.8,
    }));
    const [found, ...others] = told(rows);
    expect(others).toEqual([]);
    expect(found?.index).toBe(15);
    expect(found?.signal).toMatchObject({
      score: 1,
      threshold: 0,
      reason:
        'Two models differ on the same question: “toxic-bert 3.1” says “fine” (80 % sure), “toxic-bert 4.0” says “toxic” (61 % sure).',
      evidence: {
        earlier: { model: 'toxic-bert 3.1', label: 'fine', secondsAgo: 1 },
        later: { model: 'toxic-bert 4.0', label: 'toxic', confidence: 0.61 },
      },
    });
  });

  it('of values is told when they are further apart than allowed', () => {
    const rows = duel(20, (subject, isChallenger) => ({
      label: undefined,
      value: isChallenger ? 100 + subject * 5 : 100,
    }));
    expect(told(rows).map(({ index }) => index >> 1)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  it.each<[string, Partial<Prediction>[]]>([
    ['one model that changes its mind', [1, 2, 3].map((at) => ({ model: champion, subjectId: 'a', label: `l${at}` }))],
    ['answers without a model', duel(40, (_, is) => ({ label: is ? 'a' : 'b', model: undefined }))],
    ['answers about nobody', duel(40, (_, is) => ({ label: is ? 'a' : 'b', subjectId: undefined }))],
    ['other texts of the same person', duel(40, (_, is) => ({ label: is ? 'a' : 'b', input: { text: String(is) } }))],
    ['the largest numbers', duel(40, () => ({ label: undefined, value: 1e308 }))],
    ['zeros', duel(40, () => ({ label: undefined, value: 0 }))],
  ])('is not %s', (_, rows) => {
    expect(told(rows)).toEqual([]);
  });

  it('without a subject is about the same text', () => {
    const rows = duel(40, (subject, is) => ({ label: is ? 'a' : 'b', subjectId: undefined, input: `text ${subject}` }));
    expect(told(rows).length).toBeGreaterThanOrEqual(19);
  });

  it('is not told of answers long ago', () => {
    const rows = duel(40, (_, is) => ({ label: is ? 'a' : 'b' }));
    expect(told(rows, settings, 601_000)).toEqual([]);
    expect(told(rows, settings, 599_000).length).toBeGreaterThanOrEqual(19);
  });

  it('is told for no more than its share', () => {
    const rows = duel(4_000, (_, is) => ({ label: is ? 'a' : 'b' }));
    const found = told(rows, only('disagreement', { share: 0.05 }));
    expect(found.length).toBeGreaterThan(4_000 * 0.045);
    expect(found.length).toBeLessThanOrEqual(4_000 * 0.05 + 5);
  });

  it('is found for nearly all when the challenger answers half a minute behind', () => {
    const lag = 60;
    const rows = Array.from({ length: 4_000 }, (_, index) => {
      const isChallenger = index % 2 === 1;
      const subject = isChallenger ? (index >> 1) - lag : index >> 1;
      return { model: isChallenger ? challenger : champion, subjectId: `u${subject}`, label: isChallenger ? 'a' : 'b' };
    });
    // 128 places: of 60 later answers about as many fall on an earlier one's as e^(-60/128) leaves.
    expect(told(rows).length / 2_000).toBeGreaterThan(0.35);
  });

  it('of more labels and models than it knows goes on', () => {
    const rows = duel(2_000, (subject, is) => ({
      label: `${is ? 'x' : 'y'}${subject}`.repeat(20).slice(0, 200),
      model: { name: `m${(subject % 50) * 2 + (is ? 1 : 0)}` },
    }));
    expect(() => told(rows)).not.toThrow();
  });
});
