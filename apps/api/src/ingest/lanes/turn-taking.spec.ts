import { describe, expect, it } from '@jest/globals';
import { largeTurn, TurnTaking } from './turn-taking.ts';

interface Lane {
  readonly name: string;
  items: number;
}

/** Turns that last until they are let go. */
function turns() {
  const running: { readonly names: string; readonly end: () => void }[] = [];
  const taking = new TurnTaking<Lane>(2, (lanes) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    running.push({ names: lanes.map(({ name }) => name).join(''), end: () => resolve(undefined) });
    return promise;
  });
  const end = async (at: number) => {
    running[at]?.end();
    await new Promise(setImmediate);
  };
  return { taking, running, end, names: () => running.map(({ names }) => names) };
}

const lane = (name: string, items: number): Lane => ({ name, items });

describe('lanes that want to store', () => {
  it('begin at once when nobody else does, and gather while somebody does', async () => {
    const { taking, names, end } = turns();
    for (const name of ['a', 'b', 'c', 'd']) void taking.join(lane(name, 10));
    expect(names()).toEqual(['a']);

    await end(0);
    expect(names()).toEqual(['a', 'bcd']);
  });

  it('go side by side when they have much, two at a time', async () => {
    const { taking, names, end } = turns();
    for (const name of ['a', 'b', 'c', 'd']) void taking.join(lane(name, largeTurn));
    expect(names()).toEqual(['a', 'b']);

    await end(1);
    expect(names()).toEqual(['a', 'b', 'c']);
  });

  it('begin when enough has come in meanwhile', () => {
    const { taking, names } = turns();
    const [first, second] = [lane('a', 1), lane('b', 1)];
    void taking.join(first);
    void taking.join(second);
    second.items = largeTurn;
    taking.grown();
    expect(names()).toEqual(['a', 'b']);
  });

  it('are not put together beyond a large turn', async () => {
    const { taking, names, end } = turns();
    void taking.join(lane('a', 1));
    void taking.join(lane('b', 300));
    void taking.join(lane('c', 150));
    await end(0);
    expect(names()).toEqual(['a', 'bc']);
    void taking.join(lane('d', 300));
    void taking.join(lane('e', 300));
    expect(names()).toEqual(['a', 'bc', 'd']);
  });

  it('hear when their turn is over', async () => {
    const { taking, end } = turns();
    let isOver = false;
    void taking.join(lane('a', 1)).then(() => (isOver = true));
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    await end(0);
    expect(isOver).toBe(true);
  });
});
