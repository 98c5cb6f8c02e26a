/** A quarter of each needs no more than one decimal, as 0.25 would. */
const tops = [1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 12];

/**
 * The top of an axis that starts at 0: at least `value`, and such that four equal steps have short names.
 *
 * @param value at least 0
 * @param least the top where all is 0: an axis needs some height. Default 1
 */
export function niceTop(value: number, least = 1): number {
  const wanted = value > 0 ? value : least;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const top = tops.find((candidate) => candidate * power >= wanted * 0.9999) ?? 12;
  return Number((top * power).toPrecision(3));
}
