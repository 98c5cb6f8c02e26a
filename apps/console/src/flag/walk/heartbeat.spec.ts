import { describe, expect, it } from '@jest/globals';
import type { Flag } from '@watchfloor/contracts';
import type { Held } from '../held.ts';
import type { LiveFlag } from '../../live/reduce.ts';
import { newsOf } from './flag-news.ts';
import { aheadIdleMs, currentIdleMs, dueForRenewal, isAheadIdle, runOut } from './heartbeat.ts';
import { startWalk, type Walk } from './walk.ts';

const me = { id: 'ada', name: 'Ada' };
const mika = { id: 'mika', name: 'Mika Ito' };

function held(id: string): Held {
  const flag: Flag = {
    id,
    version: 2,
    stream: 'digits',
    state: 'claimed',
    priority: 'P3',
    raisedAt: '2026-11-22T06:00:00.000Z',
    subject: { kind: 'prediction', prediction: { stream: 'digits', id: 'p', label: '1' } },
    signals: [],
    verdicts: [],
    comments: [],
    choices: [],
  };
  return { flag, token: 't', renewedAtMs: 0, expiresAtMs: 120_000 };
}

const walk: Walk = { ...startWalk(true), current: held('a'), ahead: held('b') };
const ids = (several: readonly Held[]) => several.map(({ flag }) => flag.id);

describe('the heartbeat of claims', () => {
  it('beats a quarter of the lease after the last beat, for both flags in hand', () => {
    expect(ids(dueForRenewal(walk, 29_999, 0))).toEqual([]);
    expect(ids(dueForRenewal(walk, 30_000, 0))).toEqual(['a', 'b']);
  });

  it('stops for a lost flag, and for a person who has left the desk', () => {
    expect(ids(dueForRenewal({ ...walk, loss: 'Mika answered' }, 60_000, 0))).toEqual(['b']);
    expect(ids(dueForRenewal(walk, currentIdleMs, 0))).toEqual([]);
    expect(ids(dueForRenewal(walk, currentIdleMs, 1))).toEqual(['a', 'b']);
  });

  it('gives the flag ahead back sooner than the one on the screen', () => {
    expect(isAheadIdle(walk, aheadIdleMs - 1, 0)).toBe(false);
    expect(isAheadIdle(walk, aheadIdleMs, 0)).toBe(true);
    expect(isAheadIdle({ ...walk, ahead: null }, aheadIdleMs, 0)).toBe(false);
  });

  it('knows by itself when a claim has run out', () => {
    expect(ids(runOut(walk, 119_999))).toEqual([]);
    expect(ids(runOut(walk, 120_000))).toEqual(['a', 'b']);
  });
});

describe('news of a flag in hand', () => {
  const row: LiveFlag = {
    id: 'a',
    version: 3,
    stream: 'digits',
    state: 'claimed',
    priority: 'P3',
    raisedAt: '2026-11-22T06:00:00.000Z',
    subjectKind: 'prediction',
    kinds: [],
    reason: '',
    claim: { by: me, expiresAt: '2026-11-22T06:02:00.000Z' },
  };

  it.each<[string, LiveFlag | undefined, object]>([
    ['the version on the screen', { ...row, version: 2 }, { is: 'same' }],
    ['nothing known', undefined, { is: 'same' }],
    ['a comment', row, { is: 'changed' }],
    [
      'a claim by somebody else',
      { ...row, claim: { by: mika } },
      { is: 'lost', because: 'Mika Ito holds this flag now' },
    ],
    [
      'a verdict',
      { ...row, state: 'settled', verdict: { kind: 'confirmed', by: mika, at: '2026-11-22T06:01:00.000Z' } },
      { is: 'lost', because: 'Mika Ito answered this flag' },
    ],
    [
      'my own verdict, from elsewhere',
      { ...row, state: 'settled', verdict: { kind: 'confirmed', by: me, at: '2026-11-22T06:01:00.000Z' } },
      { is: 'lost', because: 'You, in another window, answered this flag' },
    ],
    ['the end of the claim', { ...row, state: 'open' }, { is: 'lost' }],
    ['a lapse', { ...row, state: 'lapsed' }, { is: 'lost' }],
  ])('%s', (_, live, news) => {
    expect(newsOf(held('a'), live, me.id)).toMatchObject(news);
  });
});
