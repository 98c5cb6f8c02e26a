import { describe, expect, it } from '@jest/globals';
import type { Priority } from '@watchfloor/contracts';
import fc from 'fast-check';
import {
  bundleDueMs,
  flush,
  freshThrottle,
  mostInBundle,
  mostKinds,
  throttled,
  type ThrottledNotice,
} from './throttle.ts';

const settings = { mostInWindow: 3, windowSeconds: 60 };
const notice = (id: string, kind = 'silence', priority: Priority = 'P3'): ThrottledNotice => ({ id, kind, priority });

interface Message {
  readonly atMs: number;
  readonly ids: readonly string[];
}

/** Plays notices, given in order of time, and sends each bundle when it is due, as an engine would. */
function play(notices: readonly (ThrottledNotice & { readonly atMs: number })[]): readonly Message[] {
  const messages: Message[] = [];
  let throttle = freshThrottle;
  const flushUntil = (untilMs: number): void => {
    for (
      let due = bundleDueMs(throttle, settings);
      due !== null && due <= untilMs;
      due = bundleDueMs(throttle, settings)
    ) {
      const at = due;
      const step = flush(throttle, at, settings);
      throttle = step.throttle;
      step.send.forEach((ids) => messages.push({ atMs: at, ids }));
    }
  };
  for (const one of notices) {
    flushUntil(one.atMs);
    const step = throttled(throttle, one, one.atMs, settings);
    throttle = step.throttle;
    step.send.forEach((ids) => messages.push({ atMs: one.atMs, ids }));
  }
  flushUntil(Infinity);
  return messages;
}

const someNotices = fc
  .array(
    fc.record({
      gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30_000 })),
      kind: fc.constantFrom('a', 'b', 'c', 'd'),
      priority: fc.constantFrom<Priority>('P1', 'P2', 'P3', 'P4', 'P4', 'P4'),
    }),
    { maxLength: 120 },
  )
  .map((list) => {
    let atMs = 1_000_000;
    return list.map(({ gapMs, kind, priority }, index) => {
      atMs += gapMs;
      return { id: `n${index}`, kind, priority, atMs };
    });
  });

describe('a throttle', () => {
  it('bundles what is too much, and sends it when there is room', () => {
    const messages = play([0, 1, 2, 3, 4, 5].map((index) => ({ ...notice(`n${index}`), atMs: 1_000 * index })));
    expect(messages).toEqual([
      { atMs: 0, ids: ['n0'] },
      { atMs: 1_000, ids: ['n1'] },
      { atMs: 2_000, ids: ['n2'] },
      { atMs: 3_000, ids: ['n3'] },
      { atMs: 61_000, ids: ['n4', 'n5'] },
    ]);
  });

  it('sends every notice exactly once', () => {
    fc.assert(
      fc.property(someNotices, (notices) => {
        const sent = play(notices).flatMap(({ ids }) => ids);
        expect([...sent].sort()).toEqual(notices.map(({ id }) => id).sort());
      }),
      { numRuns: 200 },
    );
  });

  it('lets P1 and the first of a kind through at once, and sends nobody more than the rest allows', () => {
    fc.assert(
      fc.property(someNotices, (notices) => {
        const messages = play(notices);
        const byId = new Map(notices.map((one) => [one.id, one]));
        const windowMs = settings.windowSeconds * 1_000;
        const isFirst = (one: (typeof notices)[number]): boolean =>
          !notices.some(
            (other) =>
              other.kind === one.kind &&
              Number(other.id.slice(1)) < Number(one.id.slice(1)) &&
              other.atMs > one.atMs - windowMs,
          );
        const isThrough = (one: (typeof notices)[number]): boolean => one.priority === 'P1' || isFirst(one);
        for (const one of notices.filter(isThrough)) {
          expect(messages).toContainEqual({ atMs: one.atMs, ids: [one.id] });
        }
        const rest = messages.filter(({ ids }) => ids.length > 1 || !isThrough(byId.get(ids[0]!)!));
        rest.forEach(({ atMs }) => {
          const inWindow = rest.filter((other) => other.atMs > atMs - windowMs && other.atMs <= atMs);
          expect(inWindow.length).toBeLessThanOrEqual(settings.mostInWindow);
        });
        // And nothing waits longer than the window.
        messages.forEach(({ atMs, ids }) =>
          ids.forEach((id) => expect(atMs - byId.get(id)!.atMs).toBeLessThanOrEqual(windowMs)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('sends a bundle that has grown full', () => {
    const notices = Array.from({ length: mostInBundle + 10 }, (_none, index) => ({ ...notice(`n${index}`), atMs: 0 }));
    const sizes = play(notices).map(({ ids }) => ids.length);
    expect(sizes).toEqual([1, 1, 1, 1, mostInBundle, 6]);
  });

  it('lets nothing overtake a bundle that is late', () => {
    let throttle = freshThrottle;
    for (const id of ['n0', 'n1', 'n2', 'n3', 'n4']) {
      ({ throttle } = throttled(throttle, notice(id), 0, settings));
    }
    const late = throttled(throttle, notice('n5'), 90_000 - 31_000, settings);
    expect(late.send).toEqual([]);
    const later = throttled(late.throttle, notice('n6'), 75_000, settings);
    expect(later.send).toEqual([]);
    expect(flush(later.throttle, 75_000, settings).send).toEqual([['n4', 'n5', 'n6']]);
  });

  it('remembers a bounded number of kinds; what is new beyond them waits like the rest', () => {
    let throttle = freshThrottle;
    for (let index = 0; index < mostKinds; index += 1) {
      const step = throttled(throttle, notice(`n${index}`, `kind ${index}`), 0, settings);
      expect(step.send).toHaveLength(1);
      ({ throttle } = step);
    }
    const sent = ['a', 'b', 'c', 'd'].map((kind) => {
      const step = throttled(throttle, notice(kind, kind), 0, settings);
      ({ throttle } = step);
      return step.send.length;
    });
    expect(sent).toEqual([1, 1, 1, 0]);
    expect(throttle.kindsMs.size).toBe(mostKinds);
  });

  it('is not stopped by a clock that is put back', () => {
    let { throttle } = throttled(freshThrottle, notice('n0'), 7_200_000, settings);
    for (const id of ['n1', 'n2', 'n3', 'n4']) {
      ({ throttle } = throttled(throttle, notice(id), 3_600_000, settings));
    }
    expect(throttle.waiting).toEqual(['n4']);
    expect(bundleDueMs(throttle, settings)).toBe(7_260_000);
  });
});
