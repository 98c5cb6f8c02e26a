import type { Signal } from '@watchfloor/contracts';

/** One figure behind a signal, ready to be shown. */
export interface EvidenceFact {
  readonly name: string;
  readonly value: string | number;
}

const factsAtMost = 40;

/** The figures behind a signal in words that a person reads: `windowMean` is `window mean`, nested ones are named by their path. */
export function shownEvidence(evidence: Signal['evidence']): readonly EvidenceFact[] {
  const facts: EvidenceFact[] = [];
  for (const [key, value] of Object.entries(evidence)) {
    gather(spelled(key), value, facts, 0);
  }
  return facts;
}

function gather(name: string, value: unknown, facts: EvidenceFact[], depth: number): void {
  if (facts.length >= factsAtMost || value === null || value === undefined) {
    return;
  }
  if (typeof value === 'object' && !Array.isArray(value) && depth < 2) {
    for (const [key, inner] of Object.entries(value)) {
      gather(`${name} · ${depth === 0 ? key : spelled(key)}`, inner, facts, depth + 1);
    }
    return;
  }
  facts.push({ name, value: typeof value === 'number' ? value : textOf(value) });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const isPlainList =
    Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number');
  return isPlainList ? value.join(', ') : JSON.stringify(value);
}

/** `flaggedBelow` as `flagged below`. */
function spelled(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
