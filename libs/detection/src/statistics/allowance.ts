/** So many events are let through as a share of all steps allows, and a few at once. */
export interface Allowance {
  saved: number;
}

/** Saved up in quiet times; what comes on top at once is not told. */
const mostSaved = 5;

export function noAllowance(): Allowance {
  return { saved: 1 };
}

/** Takes in a step. @param share in [0, 1] */
export function earn(allowance: Allowance, share: number): void {
  allowance.saved = Math.min(mostSaved, allowance.saved + share);
}

/** Lets one event through if the allowance is enough: in n steps at most `share * n + 5`. */
export function spend(allowance: Allowance): boolean {
  if (allowance.saved < 1) {
    return false;
  }
  allowance.saved -= 1;
  return true;
}
