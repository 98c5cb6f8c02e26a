import type { Answering } from './guarantee-game.ts';

/** Errors need a second look and come ten times as late as what is fine. */
export const lateErrors: Answering = (isError, random) => Math.floor(-Math.log(1 - random()) * (isError ? 200 : 20));

/** One answer in fifty never comes, whatever it is. */
export const someMissing: Answering = (_, random) => (random() < 0.02 ? null : 0);

/** Somebody lets every third error lie for ever, and answers what is fine at once. */
export const errorsHidden: Answering = (isError, random) => (isError && random() < 1 / 3 ? null : 0);
