/** How figures stand on a tile: as few digits as tell them apart, always as wide. */

/** A probability or share: `.97`, `1.0`. */
export function confidenceText(value: number): string {
  return value >= 0.995 ? '1.00' : value.toFixed(2).replace(/^0/, '');
}

/** A share as per cent: `0.4%`, `12%`. */
export function percentText(share: number): string {
  const percent = share * 100;
  return percent === 0 ? '0%' : percent < 9.95 ? `${percent.toFixed(1)}%` : `${percent.toFixed(0)}%`;
}

/** A rate: `0.3/s`, `18/s`, `1.2k/s`. */
export function rateText(perSecond: number): string {
  if (perSecond >= 1_000) {
    return `${(perSecond / 1_000).toFixed(1)}k/s`;
  }
  return `${perSecond < 9.95 ? perSecond.toFixed(1) : perSecond.toFixed(0)}/s`;
}

const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' });

/** A value on a tile: three digits are what fits, and what a glance takes in. */
export function briefText(value: number): string {
  return short.format(value);
}

/** A value of a regression stream. */
export function valueText(value: number): string {
  return Math.abs(value) >= 10_000 ? short.format(value) : plain.format(value);
}
