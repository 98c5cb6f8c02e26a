import { describe, expect, it } from '@jest/globals';
import { isRefusal, plusSeconds, type Shelf } from '@watchfloor/contracts';
import { anId, noon } from '../../../../test/builders/a-flag.ts';
import { alice } from '../../../../test/builders/a-schedule.ts';
import { shelfFor, shelve } from './put-off.ts';

const asked = {
  id: anId(61),
  stream: 'toxicity',
  kinds: ['silence', 'burst'],
  ownerId: alice,
  reason: 'the feed is being moved',
  until: plusSeconds(noon, 3_600),
};

function aShelf(changes: Partial<typeof asked> = {}): Shelf {
  const shelf = shelve({ ...asked, ...changes }, noon);
  if (isRefusal(shelf)) {
    throw new Error(shelf.because);
  }
  return shelf;
}

describe('a shelf', () => {
  it('has an owner, a reason and an end within 8 hours', () => {
    expect(aShelf()).toEqual({ ...asked, from: noon });
    expect(shelve({ ...asked, reason: '' }, noon)).toMatchObject({ refused: 'reason-needed' });
    expect(shelve({ ...asked, until: plusSeconds(noon, 28_801) }, noon)).toMatchObject({ refused: 'malformed' });
  });

  it('holds the flags of its kinds on its stream, while it is in force', () => {
    const shelves = [aShelf()];
    const flag = { stream: 'toxicity', kinds: ['silence'] };
    expect(shelfFor(shelves, flag, plusSeconds(noon, 3_599))).toEqual(shelves[0]);
    expect(shelfFor(shelves, flag, plusSeconds(noon, 3_600))).toBeUndefined();
    expect(shelfFor(shelves, { ...flag, stream: 'fraud-eu' }, noon)).toBeUndefined();
    expect(shelfFor(shelves, { ...flag, kinds: ['silence', 'malformed'] }, noon)).toBeUndefined();
  });

  it('that ends last is the one that counts', () => {
    const longer = aShelf({ id: anId(62), until: plusSeconds(noon, 7_200) });
    expect(shelfFor([longer, aShelf()], { stream: 'toxicity', kinds: ['burst'] }, noon)?.id).toBe(anId(62));
  });
});
