const formats = new Map<number, Intl.NumberFormat>();

/**
 * A figure as short as it stays honest: six significant digits unless told, so that what a person reads and types back counts as
 * the same value. Not finite, or absent: `–`.
 */
export function figure(value: number | undefined, digits = 6): string {
  if (value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  let format = formats.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', { maximumSignificantDigits: digits, useGrouping: 'min2' });
    formats.set(digits, format);
  }
  return format.format(value);
}

/** A probability with two decimals, more where two would say 1 or 0 of what is neither: `.58`, `.997`. */
export function share(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  const decimals = [2, 3, 4].find((count) => {
    const rounded = Number(value.toFixed(count));
    return (rounded !== 1 || value === 1) && (rounded !== 0 || value === 0);
  });
  return value.toFixed(decimals ?? 4);
}
