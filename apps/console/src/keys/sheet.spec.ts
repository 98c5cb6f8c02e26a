import { describe, expect, it } from '@jest/globals';
import type { Binding, Scope } from './bindings.ts';
import { sheetOf } from './sheet.ts';

const binding = (keys: string, isQuiet = false): Binding => ({ keys, does: keys, act: () => undefined, isQuiet });
const scope = (name: string, layer: Scope['layer'], ...bindings: Binding[]): Scope => ({ name, layer, bindings });

describe('the sheet of keys', () => {
  it("gathers scopes of one name, the frame's last, and leaves out dialogs and aliases", () => {
    const sheet = sheetOf([
      scope('Everywhere', 'screen', binding('?')),
      scope('Watch', 'screen', binding('/'), binding('x', true)),
      scope('Key sheet', 'dialog', binding('?')),
      scope('Everywhere', 'screen', binding('z')),
      scope('Silent', 'screen', binding('y', true)),
    ]);
    expect(sheet.map(({ name, bindings }) => [name, bindings.map(({ keys }) => keys)])).toEqual([
      ['Watch', ['/']],
      ['Everywhere', ['?', 'z']],
    ]);
  });
});
