/** One measured figure and the ceiling or peer measured beside it in the same run. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  /** What the figure is held against, and the ratio to it. */
  readonly beside: string;
}

/** Prints rows as a Markdown table, so that they can be pasted as they are. */
export function printTable(title: string, rows: readonly Row[]): void {
  const cells = [['what', 'figure', 'beside'], ...rows.map(({ what, figure, beside }) => [what, figure, beside])];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  process.stdout.write(`\n## ${title}\n\n${[line(head), rule, ...body.map(line)].join('\n')}\n`);
}

export function perSecond(count: number, ms: number): string {
  return `${Math.round((count * 1000) / ms).toLocaleString('en')}/s`;
}

/** @returns the value below which `share` of the values lie; `values` need not be sorted */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
