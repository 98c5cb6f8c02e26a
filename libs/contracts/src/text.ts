import * as z from 'zod';

const controlCharacter = /[\u0000-\u001f\u007f]/;
const tornPair = /[\ud800-\udbff]$/;

/** So much of a text travels in an entry of the record, in UTF-16 units. */
export const entryTextLength = 1_000;

/**
 * One line of text that may become a name or a key: well-formed Unicode without control characters, so that it can be
 * stored, logged and shown anywhere.
 *
 * @param maxLength in UTF-16 units
 */
export function nameText(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => !controlCharacter.test(text), 'has a control character')
    .refine((text) => text.isWellFormed(), 'has a lone surrogate');
}

/** Text that a person wrote, over several lines perhaps; NUL and lone surrogates are refused. */
export function proseText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes('\u0000'), 'has a NUL character')
    .refine((text) => text.isWellFormed(), 'has a lone surrogate');
}

/**
 * Text of any length: of a longer one the beginning is kept, with an ellipsis at its end.
 *
 * @param maxLength in UTF-16 units, the ellipsis included; no pair of surrogates is torn
 */
export function cutText(maxLength: number) {
  return z.string().overwrite((text) => {
    if (text.length <= maxLength) return text;
    return `${text.slice(0, maxLength - 1).replace(tornPair, '')}…`;
  });
}
