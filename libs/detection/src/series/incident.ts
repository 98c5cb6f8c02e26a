/** The strongest evidence of late; while an incident lasts, only more than it is news. */
export interface Incident {
  peak: number;
}

/** How much of the peak is left a value later, once the evidence is weak again. */
const keep = 0.99;

/** Evidence above this share of the peak holds the peak: the incident goes on. */
const goesOnAbove = 0.25;

/** What is to be told again must be stronger by a tenth. */
const newsAbove = 1.1;

/** Evidence that scores one half. */
const halfEvidence = 2;

export function noIncident(): Incident {
  return { peak: 0 };
}

/**
 * Turns a sum of evidence into a score, once for each incident and each time that it grows worse.
 *
 * @param evidence 0 or more; changed in place
 * @returns in [0, 1): evidence / (evidence + 2), or 0 for what was told already
 */
export function scoreIncident(incident: Incident, evidence: number): number {
  if (evidence <= goesOnAbove * incident.peak) {
    incident.peak *= keep;
  }
  const isNews = evidence > newsAbove * incident.peak;
  incident.peak = Math.max(incident.peak, evidence);
  return isNews ? scoreOf(evidence) : 0;
}

/** @param evidence 0 or more, also infinite */
export function scoreOf(evidence: number): number {
  return evidence === Infinity ? 1 : evidence / (evidence + halfEvidence);
}

/** The evidence that gives a score; infinite for 1. */
export function evidenceOf(score: number): number {
  return score >= 1 ? Infinity : (halfEvidence * score) / (1 - score);
}
