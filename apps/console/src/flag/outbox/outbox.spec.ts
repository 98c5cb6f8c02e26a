import { describe, expect, it } from '@jest/globals';
import type { Flag, Verdict } from '@watchfloor/contracts';
import fc from 'fast-check';
import {
  isDelivered,
  isOpen,
  outboxAfter,
  retryAfterMs,
  undoable,
  type Outbox,
  type OutboxEvent,
  type Sent,
} from './outbox.ts';

const me = '018f6c00-0000-7000-8000-00000000000a';
const other = '018f6c00-0000-7000-8000-00000000000b';
const now = Date.parse('2026-11-22T06:00:00.000Z');

function answered(key: string): OutboxEvent {
  return {
    is: 'answered',
    sent: {
      key,
      flagId: `flag-${key}`,
      stream: 'digits',
      by: me,
      answer: { version: 1, claim: 'token', label: '7', reason: 'wrong-class' },
      verdict: 'overridden',
      words: '7 instead of 1',
      answeredAtMs: now,
    },
  };
}

function flagWith(key: string, verdicts: readonly Partial<Verdict>[], undoUntil?: string): Flag {
  return {
    id: `flag-${key}`,
    version: 2,
    stream: 'digits',
    state: 'settled',
    priority: 'P3',
    raisedAt: '2026-11-22T05:59:00.000Z',
    subject: { kind: 'prediction', prediction: { stream: 'digits', id: 'p', label: '1' } },
    signals: [],
    comments: [],
    choices: ['1', '7'],
    verdicts: verdicts.map((verdict, index) => ({
      id: `018f6c00-0000-7000-8000-00000000010${index}`,
      verdict: 'overridden',
      label: '7',
      reason: 'wrong-class',
      by: { id: me, name: 'Ada' },
      at: '2026-11-22T06:00:00.000Z',
      ...verdict,
    })),
    ...(undoUntil === undefined ? {} : { undoUntil }),
  };
}

function play(...events: OutboxEvent[]): Outbox {
  return events.reduce<Outbox>(outboxAfter, []);
}

const stored = (key: string, undoUntil?: string): OutboxEvent => ({
  is: 'stored',
  key,
  flag: flagWith(key, [{}], undoUntil),
});
const standings = (outbox: Outbox) => outbox.map(({ standing }) => standing.is);
const in10s = '2026-11-22T06:00:10.000Z';

describe('an answer under way', () => {
  it('goes from sending to recorded, and then gets its number', () => {
    const outbox = play(answered('a'), { is: 'tried', key: 'a' }, stored('a', in10s), {
      is: 'numbered',
      flagId: 'flag-a',
      version: 2,
      number: 918_204,
    });
    expect(outbox[0]?.standing).toEqual({
      is: 'recorded',
      version: 2,
      number: 918_204,
      undoUntil: in10s,
      trouble: null,
    });
  });

  it('takes no number of another version of the flag', () => {
    const outbox = play(answered('a'), stored('a'), { is: 'numbered', flagId: 'flag-a', version: 3, number: 5 });
    expect(outbox[0]?.standing).toMatchObject({ is: 'recorded', number: null });
  });

  it('waits, visibly, while there is no connection, and is sent again', () => {
    const waiting = play(
      answered('a'),
      { is: 'tried', key: 'a' },
      { is: 'unreachable', key: 'a', because: 'No connection' },
    );
    expect(standings(waiting)).toEqual(['waiting']);
    expect(standings(outboxAfter(waiting, { is: 'tried', key: 'a' }))).toEqual(['sending']);
  });

  it('is never shown as recorded before the server said so', () => {
    const event = fc.oneof(
      fc.constant<OutboxEvent>({ is: 'tried', key: 'a' }),
      fc.constant<OutboxEvent>({ is: 'unreachable', key: 'a', because: 'No connection' }),
      fc.constant<OutboxEvent>({ is: 'refused', key: 'a', because: 'too late' }),
      fc.constant<OutboxEvent>({ is: 'undo-asked', key: 'a' }),
      fc.constant<OutboxEvent>({ is: 'numbered', flagId: 'flag-a', version: 2, number: 9 }),
      fc.constant<OutboxEvent>({ is: 'dismissed', key: 'a' }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(standings(play(answered('a'), ...events))).not.toContain('recorded');
      }),
    );
  });

  it('that is refused stays until it is dismissed; an open one cannot be dismissed', () => {
    const refused = play(answered('a'), { is: 'refused', key: 'a', because: 'Mika Ito answered 3 s before you' });
    expect(refused[0]?.standing).toEqual({ is: 'refused', because: 'Mika Ito answered 3 s before you' });
    expect(outboxAfter(refused, { is: 'dismissed', key: 'a' })).toEqual([]);
    expect(play(answered('b'), { is: 'dismissed', key: 'b' })).toHaveLength(1);
  });

  it('is never dropped to keep the list short', () => {
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    const open = play(...keys.map(answered));
    expect(open.filter(isOpen)).toHaveLength(60);
    const settled = [...keys.map((key) => stored(key)), answered('last')].reduce<Outbox>(outboxAfter, open);
    expect(settled).toHaveLength(21);
    expect(settled.at(-1)?.key).toBe('last');
  });
});

describe('undo', () => {
  const fresh = play(answered('a'), stored('a', '2026-11-22T05:59:00.000Z'), answered('b'), stored('b', in10s));

  it('takes back the newest answer while there is time', () => {
    expect(undoable(fresh, now)?.key).toBe('b');
    expect(undoable(fresh, Date.parse(in10s))).toBeUndefined();
  });

  it('can be asked for before the server has answered, once', () => {
    const asked = play(answered('a'), { is: 'undo-asked', key: 'a' });
    expect(asked[0]).toMatchObject({ wantsUndo: true, standing: { is: 'sending' } });
    expect(undoable(asked, now)).toBeUndefined();
    expect(standings(outboxAfter(asked, stored('a', in10s)))).toEqual(['recorded']);
  });

  it('goes on to the answer before, once the newest is taken back', () => {
    const outbox = play(answered('a'), stored('a', in10s), answered('b'), stored('b', in10s), {
      is: 'undone',
      key: 'b',
    });
    expect(undoable(outbox, now)?.key).toBe('a');
  });

  it('that is refused leaves the answer as it was and says why', () => {
    const outbox = play(
      answered('a'),
      stored('a', in10s),
      { is: 'undo-asked', key: 'a' },
      {
        is: 'undo-refused',
        key: 'a',
        flag: null,
        because: 'Too late to undo',
      },
    );
    expect(outbox[0]).toMatchObject({
      wantsUndo: false,
      standing: { is: 'recorded', version: 2, undoUntil: null, trouble: 'Too late to undo' },
    });
  });
});

describe('an answer whose reply got lost', () => {
  const sent = { ...play(answered('a'))[0]!, attempts: 2 } satisfies Sent;

  it('is known again by its author, label and reason', () => {
    expect(isDelivered(sent, flagWith('a', [{}]))).toBe(true);
  });

  it.each<[string, readonly Partial<Verdict>[], number]>([
    ['somebody else gave the same answer', [{ by: { id: other, name: 'Mika Ito' } }], 2],
    ['I had answered otherwise', [{ label: '3' }], 2],
    ['it was undone since', [{ undoneAt: '2026-11-22T06:00:05.000Z' }], 2],
    ['there is no answer', [], 2],
    ['this is the first attempt, so the answer cannot be this one', [{}], 1],
  ])('is not taken for delivered when %s', (_, verdicts, attempts) => {
    expect(isDelivered({ ...sent, attempts }, flagWith('a', verdicts))).toBe(false);
  });
});

describe('the wait before the next attempt', () => {
  it('doubles from one second to fifteen', () => {
    expect([1, 2, 3, 4, 5, 50].map(retryAfterMs)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });
});
