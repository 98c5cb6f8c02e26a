import type { RecordEntry } from '@watchfloor/contracts';

/** What became of a verdict, and the entry that says so. */
export interface Fate {
  readonly words: string;
  readonly number: number;
}

/** @param life entries about the same flag */
export function fateIn(life: readonly RecordEntry[], entry: RecordEntry): Fate | null {
  if (entry.kind === 'verdict-undone') {
    const undone = life.find((other) => isVerdict(other) && other.data.verdictId === entry.data.verdictId);
    return undone === undefined ? null : { words: 'takes back', number: undone.number };
  }
  if (!isVerdict(entry)) {
    return null;
  }
  const { verdictId } = entry.data;
  const undo = life.find((other) => other.kind === 'verdict-undone' && other.data.verdictId === verdictId);
  if (undo !== undefined) {
    return { words: 'taken back in', number: undo.number };
  }
  const later = life.find((other) => other.kind === 'verdict-superseded' && other.data.supersedes === verdictId);
  if (later !== undefined) {
    return { words: 'replaced in', number: later.number };
  }
  const supersedes = entry.kind === 'verdict-superseded' ? entry.data.supersedes : undefined;
  const earlier = life.find((other) => isVerdict(other) && other.data.verdictId === supersedes);
  return earlier === undefined ? null : { words: 'replaces', number: earlier.number };
}

function isVerdict(entry: RecordEntry): entry is RecordEntry<'flag-settled' | 'verdict-superseded'> {
  return entry.kind === 'flag-settled' || entry.kind === 'verdict-superseded';
}
