import { ProblemError, sentenceOf } from '../api/problem-error.ts';

/** Why the door stays shut, in words that help and tell nothing to a stranger. */
export function refusalWords(error: unknown, by: 'password' | 'link'): string {
  const refused = error instanceof ProblemError ? error.refused : undefined;
  if (refused === 'wrong-credentials' || refused === 'not-found') {
    return by === 'link'
      ? 'This link has been used or has run out. Start the server again for a new one, or sign in by password.'
      : 'The email or the password is wrong.';
  }
  return sentenceOf(error);
}
