/**
 * Reads a number that a person typed: `1,234.5`, `12,3` and `-4e2` alike. `1,234` could be either and is not guessed at.
 *
 * @returns undefined for what is no finite number, or could be two
 */
export function typedValue(text: string): number | undefined {
  const plain = text.trim().replace(/[\s_']/g, '');
  const hasPoint = plain.includes('.');
  const commas = plain.split(',').length - 1;
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
  const decimalComma = commas === 1 && !hasPoint && !grouped.test(plain);
  const english = grouped.test(plain) && (hasPoint || commas > 1) ? plain.replaceAll(',', '') : plain;
  const candidate = decimalComma ? english.replace(',', '.') : english;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(candidate)) {
    return undefined;
  }
  const value = Number(candidate);
  return Number.isFinite(value) ? value : undefined;
}
