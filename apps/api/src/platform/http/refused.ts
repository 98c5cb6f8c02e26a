import type { Refusal, RefusalCode } from '@watchfloor/contracts';
import { isRefusal } from '@watchfloor/contracts';

/** One wrong part of a request; `pointer` is an RFC 6901 path into its body, or begins with `/query` or `/params`. */
export interface Fault {
  readonly pointer: string;
  readonly reason: string;
}

export interface RefusedOptions {
  /** When to try again. Default for refusals that pass with time: 1 s. */
  readonly retryAfterSeconds?: number;
  readonly faults?: readonly Fault[];
}

/** A refusal on its way to the door, where it becomes `application/problem+json`. */
export class Refused extends Error {
  readonly refused: RefusalCode;
  readonly retryAfterSeconds: number | undefined;
  readonly faults: readonly Fault[];

  constructor(refusal: Refusal, { retryAfterSeconds, faults = [] }: RefusedOptions = {}) {
    super(refusal.because);
    this.refused = refusal.refused;
    this.retryAfterSeconds = retryAfterSeconds;
    this.faults = faults;
  }
}

/**
 * Passes a rule's answer on, and turns its refusal into the answer of the request.
 *
 * @throws Refused when the rule refused
 */
export function orRefuse<Answer>(answer: Answer | Refusal): Exclude<Answer, Refusal> {
  if (isRefusal(answer)) throw new Refused(answer);
  return answer as Exclude<Answer, Refusal>;
}

/** Ends the request with a refusal, in one line. `because` is shown to a person as it stands. */
export function refuse(refused: RefusalCode, because: string, options?: RefusedOptions): never {
  throw new Refused({ refused, because }, options);
}
