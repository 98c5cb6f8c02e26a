import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalForm } from './canonical-form.ts';

describe('the canonical form', () => {
  // RFC 8785, appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, text) => {
    expect(canonicalForm(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);

    expect(canonicalForm(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 unit, as RFC 8785, section 3.2.3, has it', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };

    expect([...canonicalForm(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['a lone surrogate', { text: '\ud800' }],
    ['a lone surrogate in a key', { '\udfff': 1 }],
    ['NaN', [Number.NaN]],
    ['an infinity', [Number.NEGATIVE_INFINITY]],
    ['nothing at all', undefined],
    ['a function', () => 0],
  ])('refuses %s', (_name, value) => {
    expect(() => canonicalForm(value)).toThrow();
  });

  it('leaves out what is undefined', () => {
    expect(canonicalForm({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  it('means the same JSON', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalForm(value))).toEqual(withoutNegativeZero(value));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, fc.infiniteStream(fc.nat()), (value, dice) => {
        expect(canonicalForm(withKeysShuffled(value, dice))).toBe(canonicalForm(value));
      }),
    );
  });

  it('differs for different JSON', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const areEqual = JSON.stringify(sortedDeep(one)) === JSON.stringify(sortedDeep(other));
        expect(canonicalForm(one) === canonicalForm(other)).toBe(areEqual);
      }),
    );
  });
});

/** Every well-formed text, control characters and unassigned code points included. */
const json = fc.jsonValue({ stringUnit: 'binary' });

/** JSON has no negative zero that canonical form would keep. */
function withoutNegativeZero(value: unknown): unknown {
  return mapDeep(value, (entries) => entries);
}

function sortedDeep(value: unknown): unknown {
  return mapDeep(value, (entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withKeysShuffled(value: unknown, dice: IterableIterator<number>): unknown {
  return mapDeep(value, (entries) =>
    entries
      .map((entry) => ({ entry, rank: dice.next().value as number }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ entry }) => entry),
  );
}

type Entries = [string, unknown][];

function mapDeep(value: unknown, arrange: (entries: Entries) => Entries): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapDeep(item, arrange));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, mapDeep(item, arrange)]);
    return Object.fromEntries(arrange(entries));
  }
  return Object.is(value, -0) ? 0 : value;
}
