import { piecesOf } from '../parts/text-pieces.ts';

/**
 * A label inside one of our own sentences: at most 60 characters, with what would reorder or hide the text around it spelled out,
 * and kept from doing so.
 */
export function labelText(label: string): string {
  const { pieces, leftOut } = piecesOf(label, 60);
  const plain = pieces.map(({ text }) => text).join('');
  return leftOut === 0 ? plain : `${plain}…`;
}
