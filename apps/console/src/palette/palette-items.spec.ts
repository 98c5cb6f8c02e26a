import { describe, expect, it } from '@jest/globals';
import { flagItems, foundItems, type PaletteItem } from './palette-items.ts';

const flagId = '018f6c00-0000-7000-8000-00000000abcd';
const items: readonly PaletteItem[] = [
  ...flagItems([
    {
      id: flagId,
      version: 1,
      stream: 'fraud-eu',
      state: 'open',
      priority: 'P2',
      raisedAt: '2026-11-22T06:00:00.000Z',
      subjectKind: 'prediction',
      predictionId: 'tx-99',
      kinds: [],
      reason: '',
    },
  ]),
  { id: 'stream chat-fraud', group: 'stream', text: 'chat-fraud' },
  { id: 'stream fraud-eu', group: 'stream', text: 'fraud-eu' },
  { id: 'screen watch', group: 'screen', text: 'Watch' },
  { id: 'command theme-dark', group: 'command', text: 'Dark theme', also: 'colour night' },
];
const ids = (typed: string) => foundItems(items, typed).map(({ id }) => id);

describe('the palette', () => {
  it('begins with screens, commands and streams, and no flags', () => {
    expect(ids(' ')).toEqual(['screen watch', 'command theme-dark', 'stream chat-fraud', 'stream fraud-eu']);
  });

  it('puts first what begins with the typed text', () => {
    expect(ids('fraud')).toEqual(['stream fraud-eu', 'stream chat-fraud', `flag ${flagId}`]);
  });

  it('finds by every word, also by those that are not shown', () => {
    expect(ids('night dark')).toEqual(['command theme-dark']);
    expect(ids('night light')).toEqual([]);
  });

  it('finds a flag by part of its id or by its prediction', () => {
    expect(ids('abcd')).toEqual([`flag ${flagId}`]);
    expect(ids('TX-99')).toEqual([`flag ${flagId}`]);
  });

  it('offers a whole id that it does not know, and none twice', () => {
    const other = flagId.replace('abcd', 'ef01');
    expect(ids(other)).toEqual([`flag ${other}`]);
    expect(ids(flagId)).toEqual([`flag ${flagId}`]);
  });

  it('lists at most eight of a group', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      id: `stream s${index}`,
      group: 'stream' as const,
      text: `s${index}`,
    }));
    expect(foundItems(many, 's')).toHaveLength(8);
  });
});
