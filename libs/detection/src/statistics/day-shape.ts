/** A cell with fewer steps says nothing of its hour. */
const fewestSteps = 20;

const fewestCells = 4;

/**
 * Whether the hours of the day differ: the likelihood ratio of each hour having its own shares against all having the
 * same, summed over events, is further above what chance gives than two of its standard deviations.
 *
 * A slow drift over the days that were learnt counts as a difference too.
 *
 * @param steps of each cell
 * @param counts of each event, cell by cell
 * @see Wilks, The large-sample distribution of the likelihood ratio (1938)
 */
export function hasDayShape(steps: ArrayLike<number>, counts: ArrayLike<number>): boolean {
  const cells: number[] = [];
  for (let cell = 0; cell < steps.length; cell++) {
    if ((steps[cell] ?? 0) >= fewestSteps) {
      cells.push(cell);
    }
  }
  if (cells.length < fewestCells) {
    return false;
  }
  const events = counts.length / steps.length;
  let ratio = 0;
  let freedom = 0;
  for (let event = 0; event < events; event++) {
    const came = cells.map((cell) => counts[cell * events + event] ?? 0);
    const all = cells.map((cell) => steps[cell] ?? 0);
    const total = sum(came);
    if (total > 0 && total < sum(all)) {
      ratio += 2 * came.reduce((fit, count, at) => fit + fitOf(count, all[at] ?? 0), -fitOf(total, sum(all)));
      freedom += cells.length - 1;
    }
  }
  return freedom > 0 && ratio > freedom + 2 * Math.sqrt(2 * freedom);
}

/** The log-likelihood of so many of all under the share that fits best. */
function fitOf(count: number, all: number): number {
  return part(count, all) + part(all - count, all);
}

function part(count: number, all: number): number {
  return count > 0 ? count * Math.log(count / all) : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
