/** Lanczos coefficients for g = 7, n = 9, as P. Godfrey gives them; good to 15 digits for positive arguments. */
const lanczos: readonly number[] = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const constant = 0.99999999999980993;

/** The logarithm of the beta function. @param a above 0 @param b above 0 */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** The logarithm of the gamma function for positive x. @see Lanczos, A precision approximation of the gamma function (1964) */
function logGamma(x: number): number {
  if (x < 0.5) {
    // Reflection keeps the precision near 0.
    return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  }
  const series = lanczos.reduce((sum, coefficient, index) => sum + coefficient / (x + index), constant);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series);
}
