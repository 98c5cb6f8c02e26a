/** Characters that turn the direction of the text around them; a label must not reorder the sentence that quotes it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A label as it stands inside a sentence: in quotes, at most 40 characters, well-formed, unable to turn the text around.
 *
 * @param label any text
 */
export function quoted(label: string): string {
  const plain = label.replace(directionMarks, '');
  const short = plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
  return `“${short.toWellFormed()}”`;
}

/**
 * A share in per cent, `41 %`; with one decimal below 10 and above 90, where whole numbers hide the difference.
 *
 * @param share in [0, 1]
 */
export function percent(share: number): string {
  const hundredths = share * 100;
  const isNearAnEnd = hundredths < 10 || hundredths > 90;
  return `${isNearAnEnd ? Math.round(hundredths * 10) / 10 : Math.round(hundredths)} %`;
}

/** A figure with at most four meaningful digits. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/**
 * A duration as one says it: `850 ms`, `12 s`, `4 min`, `2.5 h`.
 *
 * @param ms milliseconds, 0 or more
 */
export function durationInWords(ms: number): string {
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 120_000) {
    return `${Math.round(ms / 1_000)} s`;
  }
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 360_000) / 10} h`;
}

/** A number without the noise of single precision, for people and records. */
export function sevenDigits(value: number): number {
  return Number(value.toPrecision(7));
}

/** The nearest number that JSON can carry: infinities become the largest there is, and not-a-number becomes 0. */
export function finite(value: number): number {
  if (Number.isNaN(value)) {
    return 0;
  }
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
