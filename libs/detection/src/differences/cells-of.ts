/** How often a value, or a stretch of numbers, comes in the window and in the baseline. */
export interface Cell {
  readonly value: string;
  readonly window: number;
  readonly baseline: number;
}

/** Numbers are told apart by tenths of the baseline. */
const tenths = 10;
/** Categories beyond the commonest are one cell. */
const mostCategories = 30;

/** Categories when either sample has a text in it or hardly any different numbers; else tenths of the baseline's numbers. */
export function cellsOf(window: readonly (string | number)[], baseline: readonly (string | number)[]): Cell[] {
  const numbers = baseline.filter((value) => typeof value === 'number');
  const isNumeric = numbers.length === baseline.length && window.every((value) => typeof value === 'number');
  if (isNumeric && new Set(numbers).size > tenths) return numberCells(window, numbers);
  return categoryCells(window.map(String), baseline.map(String));
}

function categoryCells(window: readonly string[], baseline: readonly string[]): Cell[] {
  const counts = new Map<string, { window: number; baseline: number }>();
  const count = (values: readonly string[], side: 'window' | 'baseline') => {
    for (const value of values) {
      const cell = counts.get(value) ?? { window: 0, baseline: 0 };
      cell[side] += 1;
      counts.set(value, cell);
    }
  };
  count(window, 'window');
  count(baseline, 'baseline');
  const cells = [...counts].map(([value, cell]) => ({ value, ...cell }));
  cells.sort((one, other) => other.window + other.baseline - one.window - one.baseline);
  const rest = cells.splice(mostCategories);
  if (rest.length === 0) return cells;
  const sum = (side: 'window' | 'baseline') => rest.reduce((total, cell) => total + cell[side], 0);
  return [...cells, { value: `one of ${rest.length} others`, window: sum('window'), baseline: sum('baseline') }];
}

function numberCells(window: readonly number[], baseline: readonly number[]): Cell[] {
  const sorted = [...baseline].sort((one, other) => one - other);
  const edges = [
    ...new Set(
      Array.from({ length: tenths - 1 }, (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / tenths)] ?? 0),
    ),
  ];
  const counted = (values: readonly number[]) => {
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (const value of values) {
      const cell = edges.findIndex((edge) => value < edge);
      const index = cell === -1 ? edges.length : cell;
      counts[index] = (counts[index] ?? 0) + 1;
    }
    return counts;
  };
  const [here, there] = [counted(window), counted(baseline)];
  return here.map((count, index) => ({
    value: stretch(edges[index - 1], edges[index]),
    window: count,
    baseline: there[index] ?? 0,
  }));
}

function stretch(from: number | undefined, to: number | undefined): string {
  const text = (edge: number) => String(Number(edge.toPrecision(4)));
  if (from === undefined) return `below ${text(to ?? 0)}`;
  return to === undefined ? `${text(from)} or more` : `${text(from)} to ${text(to)}`;
}
