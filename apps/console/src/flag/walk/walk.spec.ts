import { describe, expect, it } from '@jest/globals';
import type { Flag } from '@watchfloor/contracts';
import fc from 'fast-check';
import type { Held } from '../held.ts';
import { startWalk, walkAfter, type Walk, type WalkEffect, type WalkEvent } from './walk.ts';

function heldFlag(id: string, version = 1): Held {
  const flag: Flag = {
    id,
    version,
    stream: 'digits',
    state: 'claimed',
    priority: 'P3',
    raisedAt: '2026-11-22T06:00:00.000Z',
    subject: { kind: 'prediction', prediction: { stream: 'digits', id: `p-${id}`, label: '1' } },
    signals: [],
    verdicts: [],
    comments: [],
    choices: ['1', '7'],
  };
  return { flag, token: `token-${id}`, renewedAtMs: 0, expiresAtMs: 120_000 };
}

/** Plays events and gathers what the walk wanted done. */
function play(walk: Walk, ...events: WalkEvent[]): { walk: Walk; effects: WalkEffect[] } {
  const effects: WalkEffect[] = [];
  let now = walk;
  for (const event of events) {
    const [next, wanted] = walkAfter(now, event);
    now = next;
    effects.push(...wanted);
  }
  return { walk: now, effects };
}

const walking = () => play(startWalk(true), { is: 'begun' }).walk;
const withTwo = () =>
  play(walking(), { is: 'arrived', held: heldFlag('a') }, { is: 'arrived', held: heldFlag('b') }).walk;

describe('a walk through the queue', () => {
  it('asks for one flag, shows it, and claims one ahead and no more', () => {
    const { walk, effects } = play(
      startWalk(true),
      { is: 'begun' },
      { is: 'arrived', held: heldFlag('a') },
      { is: 'arrived', held: heldFlag('b') },
      { is: 'work-came' },
    );
    expect(effects).toEqual([
      { does: 'ask', not: [] },
      { does: 'ask', not: ['a'] },
    ]);
    expect([walk.current?.flag.id, walk.ahead?.flag.id]).toEqual(['a', 'b']);
  });

  it('shows the one ahead in the same step in which the one on the screen is answered', () => {
    const { walk, effects } = play(withTwo(), { is: 'handled', flagId: 'a' });
    expect(walk.current?.flag.id).toBe('b');
    expect(effects).toEqual([{ does: 'ask', not: ['b', 'a'] }]);
  });

  it('takes the old flag off the screen even when no next one is there yet', () => {
    const { walk } = play(walking(), { is: 'arrived', held: heldFlag('a') }, { is: 'handled', flagId: 'a' });
    expect(walk.current).toBeNull();
  });

  it('lets nothing be handled but the flag on the screen', () => {
    const before = withTwo();
    expect(play(before, { is: 'handled', flagId: 'b' })).toEqual({ walk: before, effects: [] });
    expect(play(before, { is: 'handled', flagId: 'gone' })).toEqual({ walk: before, effects: [] });
  });

  it('says that the queue is clear, and asks again when work comes', () => {
    const clear = play(walking(), { is: 'none-waiting' });
    expect(clear.walk.pause).toEqual({ is: 'clear' });
    expect(play(clear.walk, { is: 'work-came' }, { is: 'work-came' }).effects).toEqual([{ does: 'ask', not: [] }]);
  });

  it('keeps a lost flag on the screen, with the reason, until the person moves on', () => {
    const lost = play(withTwo(), { is: 'lost', flagId: 'a', because: 'Mika Ito answered before you' });
    expect(lost.walk.loss).toBe('Mika Ito answered before you');
    expect(lost.walk.current?.flag.id).toBe('a');
    const moved = play(lost.walk, { is: 'handled', flagId: 'a' });
    expect([moved.walk.current?.flag.id, moved.walk.loss]).toEqual(['b', null]);
    expect(moved.effects.some((effect) => effect.does === 'release')).toBe(false);
  });

  it('puts an undone flag back on the screen and keeps the one that was there', () => {
    const { walk, effects } = play(
      withTwo(),
      { is: 'handled', flagId: 'a' },
      { is: 'arrived', held: heldFlag('c') },
      { is: 'handed', held: heldFlag('a', 3) },
    );
    expect([walk.current?.flag.id, walk.current?.flag.version, walk.ahead?.flag.id]).toEqual(['a', 3, 'b']);
    expect(effects.at(-1)).toEqual({ does: 'release', held: heldFlag('c') });
  });

  it('never takes an older version of a flag for a newer one', () => {
    const { walk } = play(
      walking(),
      { is: 'arrived', held: heldFlag('a', 5) },
      { is: 'changed', flag: heldFlag('a', 4).flag },
    );
    expect(walk.current?.flag.version).toBe(5);
  });

  it('gives everything back on leaving, also what arrives afterwards', () => {
    const { effects, walk } = play(
      walking(),
      { is: 'arrived', held: heldFlag('a') },
      { is: 'left' },
      { is: 'arrived', held: heldFlag('b') },
    );
    expect(effects.filter((effect) => effect.does === 'release').map(({ held }) => held.flag.id)).toEqual(['a', 'b']);
    expect([walk.current, walk.ahead]).toEqual([null, null]);
  });

  it('asks for nothing where one flag was opened by its address', () => {
    const { effects } = play(
      startWalk(false),
      { is: 'begun' },
      { is: 'handed', held: heldFlag('a') },
      { is: 'handled', flagId: 'a' },
      { is: 'work-came' },
    );
    expect(effects).toEqual([]);
  });
});

describe('the claims of a walk', () => {
  const move = fc.oneof(
    fc.constant('begun' as const),
    fc.constant('answer' as const),
    fc.constant('answered-old' as const),
    fc.constant('reply' as const),
    fc.constant('reply-none' as const),
    fc.constant('fail' as const),
    fc.constant('lose-current' as const),
    fc.constant('lose-ahead' as const),
    fc.constant('undo' as const),
    fc.constant('work-came' as const),
    fc.constant('idled' as const),
    fc.constant('left' as const),
  );

  it('are at most two, and each ends in exactly one way: handled, lost or given back', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let walk = startWalk(true);
        let asks = 0;
        let made = 0;
        const mine = new Set<string>();
        const done: string[] = [];
        const take = (event: WalkEvent) => {
          const [next, effects] = walkAfter(walk, event);
          walk = next;
          for (const effect of effects) {
            if (effect.does === 'ask') {
              asks += 1;
              expect(new Set(effect.not).size).toBe(effect.not.length);
              expect(effect.not.length).toBeLessThanOrEqual(20);
            } else {
              expect(mine.delete(effect.held.flag.id)).toBe(true);
            }
          }
        };
        const finish = (flagId: string | undefined, event: (id: string) => WalkEvent) => {
          if (flagId !== undefined) {
            mine.delete(flagId);
            done.push(flagId);
            take(event(flagId));
          }
        };
        for (const what of moves) {
          const answers = asks > 0 && (what === 'reply' || what === 'reply-none' || what === 'fail');
          asks -= answers ? 1 : 0;
          if (what === 'begun' || what === 'work-came' || what === 'idled' || what === 'left') {
            take({ is: what });
          } else if (what === 'answer') {
            finish(walk.current?.flag.id, (flagId) => ({ is: 'handled', flagId }));
          } else if (what === 'answered-old') {
            take({ is: 'handled', flagId: done.find((id) => id !== walk.current?.flag.id) ?? 'none' });
          } else if (what === 'lose-current') {
            const id = walk.current?.flag.id;
            if (id !== undefined) {
              mine.delete(id);
              take({ is: 'lost', flagId: id, because: 'taken' });
            }
          } else if (what === 'lose-ahead') {
            finish(walk.ahead?.flag.id, (flagId) => ({ is: 'lost', flagId, because: 'taken' }));
          } else if (what === 'undo') {
            const id = done.pop();
            if (id !== undefined && !mine.has(id) && id !== walk.current?.flag.id) {
              mine.add(id);
              take({ is: 'handed', held: heldFlag(id) });
            }
          } else if (answers && what === 'reply') {
            made += 1;
            mine.add(`f${made}`);
            take({ is: 'arrived', held: heldFlag(`f${made}`) });
          } else if (answers) {
            take(what === 'fail' ? { is: 'not-reached', because: 'no connection' } : { is: 'none-waiting' });
          }
          expect(asks).toBeLessThanOrEqual(1);
          const shown = walk.loss === null ? walk.current?.flag.id : undefined;
          const inHand = [shown, walk.ahead?.flag.id].filter((id) => id !== undefined);
          expect(inHand.sort()).toEqual([...mine].sort());
          expect(walk.current === null || walk.current.flag.id !== walk.ahead?.flag.id).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
