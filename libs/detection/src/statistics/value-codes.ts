/**
 * Values as whole numbers from 0 to 65,535 that order as the values do: half the room of a number of single precision. Values
 * of one code count as equal.
 */

const most = 65_535;

/** A step of a share is 0.00002. */
const shareSteps = 50_000;

/** @param share in [0, 1] */
export function shareCode(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * shareSteps);
}

/** The share that a code stands for. */
export function codedShare(code: number): number {
  return code / shareSteps;
}

/** From 2^-120 to 2^120, in steps of a quarter of a per cent. */
const octaves = 120;

/** @param size 0 or more; beyond the range it counts as its end */
export function sizeCode(size: number): number {
  const place = (Math.log2(size) + octaves) / (2 * octaves);
  return 1 + Math.round(Math.min(1, Math.max(0, place)) * (most - 1)) - (size === 0 ? 1 : 0);
}

/** The size that a code stands for, within a quarter of a per cent. */
export function codedSize(code: number): number {
  return code === 0 ? 0 : 2 ** (((code - 1) / (most - 1)) * 2 * octaves - octaves);
}
