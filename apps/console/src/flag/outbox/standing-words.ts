import type { Sent } from './outbox.ts';

/** Where an answer stands, in words. What is not stored is never called done. */
export function standingWords({ standing, wantsUndo }: Pick<Sent, 'standing' | 'wantsUndo'>): string {
  switch (standing.is) {
    case 'sending':
      return wantsUndo ? 'sending, then taking back' : 'sending';
    case 'waiting':
      return `waiting, not stored yet. ${standing.because}`;
    case 'recorded':
      return standing.number === null ? 'recorded' : `recorded #${standing.number.toLocaleString('en')}`;
    case 'undoing':
      return 'taking back';
    case 'undone':
      return 'taken back';
    case 'refused':
      return `not stored: ${standing.because}`;
  }
}
