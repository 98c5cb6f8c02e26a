/**
 * Prediction content is hostile: characters that reorder, hide or fake text are made visible. What React puts into a
 * text node runs nothing by itself; this is about what a reader would be led to believe.
 */
export interface TextPiece {
  readonly text: string;
  /** `hidden` stands for a character that would not have been seen; its text is a name such as `U+202E`. */
  readonly kind: 'plain' | 'hidden';
}

/**
 * Bidi controls and isolates, zero-width characters, soft hyphen, tags, other format characters, C0 and C1 but for tab and
 * line ends, lone surrogates. Joiners pass where writing needs them: in emoji and after letters of scripts that join.
 */
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]|(?<![\p{Extended_Pictographic}\p{EMod}\ufe0f[[\p{L}\p{M}]--[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]]])[\u200c\u200d]/gv;

/**
 * @param text anything that came in a prediction
 * @param maxLength the rest is left out and counted; default 20,000 UTF-16 units
 */
export function piecesOf(
  text: string,
  maxLength = 20_000,
): { readonly pieces: readonly TextPiece[]; readonly leftOut: number } {
  const shown = text.length > maxLength ? text.slice(0, maxLength) : text;
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of shown.matchAll(hidden)) {
    if (match.index > at) {
      pieces.push({ text: shown.slice(at, match.index), kind: 'plain' });
    }
    pieces.push({ text: nameOf(match[0]), kind: 'hidden' });
    at = match.index + match[0].length;
  }
  if (at < shown.length) {
    pieces.push({ text: shown.slice(at), kind: 'plain' });
  }
  return { pieces, leftOut: text.length - shown.length };
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const imageUri = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

/** The longest image that is shown, in characters of its `data:` URI (about 750 KB of picture). */
export const imageLimit = 1_000_000;

/** Whether a text is a picture that carries itself. Nothing else is ever loaded, whatever it is called. */
export function isShownImage(text: unknown): text is string {
  return typeof text === 'string' && text.length <= imageLimit && imageUri.test(text);
}
