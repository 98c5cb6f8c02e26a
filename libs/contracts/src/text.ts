import * as z from 'zod';

const controlCharacter = /[\u0000-\u001f\u007f]/;

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
