import { describe, expect, it } from '@jest/globals';
import { peopleIn } from './people-in.ts';

const me = { id: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Rosa Reviewer' };
const olga = { id: 'aaaaaaaa-0000-4000-8000-000000000002', name: 'Olga Owner' };
const adam = { id: 'aaaaaaaa-0000-4000-8000-000000000003', name: 'Adam Auditor' };

describe('the people of the history', () => {
  it('are everybody by name, oneself first and once', () => {
    expect(peopleIn([olga, me, adam], me, olga.id)).toEqual([
      [me.id, 'Rosa Reviewer (me)'],
      [adam.id, 'Adam Auditor'],
      [olga.id, 'Olga Owner'],
    ]);
  });

  it('are oneself, and somebody who is asked for, before the others are known', () => {
    expect(peopleIn([], me, adam.id)).toEqual([
      [me.id, 'Rosa Reviewer (me)'],
      [adam.id, '00000003'],
    ]);
    expect(peopleIn([], me, me.id)).toEqual([[me.id, 'Rosa Reviewer (me)']]);
  });
});
