import { describe, expect, it } from '@jest/globals';
import { drawFrom } from '../statistics/murmur-hash.ts';
import { learnDuel, mostDuels, noDuels, standingOf, type Duels } from './learn-duel.ts';

const champion = 'toxic-bert 3.1';
const challenger = 'toxic-bert 4.0';

/** Questions of which exactly one is right, the challenger with this probability. */
function fought(count: number, seed: number, probability: number): Duels {
  return Array.from({ length: count }, (_, index) => drawFrom(index, seed) < probability).reduce(
    (duels, isChallenger, index) =>
      index % 2 === 0
        ? learnDuel(duels, { models: [champion, challenger], areRight: [!isChallenger, isChallenger] })
        : learnDuel(duels, { models: [challenger, champion], areRight: [isChallenger, !isChallenger] }),
    noDuels,
  );
}

describe('a duel of two models', () => {
  it('counts the questions of which exactly one was right, whoever is named first', () => {
    expect(fought(100, 1, 0.75).duels).toHaveLength(1);
    const [duel] = fought(100, 1, 0.75).duels;
    expect(duel!.wins[0] + duel!.wins[1]).toBe(100);
    expect(learnDuel(noDuels, { models: [champion, challenger], areRight: [true, true] })).toEqual(noDuels);
  });

  it('names the better one when the evidence is enough', () => {
    const [duel] = fought(200, 2, 0.75).duels;
    expect(standingOf(duel!, 0.05).better).toBe(challenger);
    expect(standingOf(fought(6, 2, 1).duels[0]!, 0.05).better).toBeNull();
  });

  it('has the evidence of the mixture: one win after another as Jeffreys weighs them', () => {
    expect(standingOf({ models: [champion, challenger], wins: [2, 0] }, 0.05).evidence).toBeCloseTo(1.5);
    expect(standingOf({ models: [champion, challenger], wins: [1, 1] }, 0.05).evidence).toBeCloseTo(0.5);
    expect(standingOf({ models: [champion, challenger], wins: [1e4, 1e4] }, 0.05).evidence).toBeCloseTo(
      Math.sqrt(1 / (Math.PI * 1e4)),
      3,
    );
  });

  it('hardly ever names one of two equals, however often one looks: 400 duels, with two standard errors', () => {
    const named = Array.from({ length: 400 }, (_, seed) => {
      let duels = noDuels;
      for (let index = 0; index < 400; index++) {
        const isChallenger = drawFrom(index, seed + 50) < 0.5;
        duels = learnDuel(duels, { models: [champion, challenger], areRight: [!isChallenger, isChallenger] });
        // As for a single duel: the level is not divided.
        if (standingOf(duels.duels[0]!, 0.05 * mostDuels).better !== null) return true;
      }
      return false;
    }).filter(Boolean).length;
    expect(named / 400).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 400));
  });

  it('follows no more than eight pairs', () => {
    let duels = noDuels;
    for (let index = 0; index < 100; index++) {
      duels = learnDuel(duels, { models: [champion, `m${index}`], areRight: [true, false] });
    }
    expect(duels.duels).toHaveLength(mostDuels);
  });
});
