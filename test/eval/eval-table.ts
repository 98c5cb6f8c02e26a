import { isMeasured, keepsAim, type Aim, type EvalGroup, type EvalRow, type UnmeasuredRow } from './eval-group.ts';

/** A group as a Markdown table with its notes. */
export function evalTable({ name, title, notes }: EvalGroup, rows: readonly (EvalRow | UnmeasuredRow)[]): string {
  const cells = [['what', 'published or peer', 'ours', 'aim', 'setting'], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const below = notes.length === 0 ? '' : `\n${notes.map((note) => `- ${note}`).join('\n')}\n`;
  return `\n## ${name}: ${title}\n\n${[line(head), rule, ...body.map(line)].join('\n')}\n${below}`;
}

function cellsOf(row: EvalRow | UnmeasuredRow): string[] {
  if (!isMeasured(row)) {
    return [row.what, '-', 'not measured', '-', row.missing];
  }
  const { what, peer, figure, shown = short(figure), aim, setting } = row;
  const verdict = aim === undefined ? '-' : `${inWords(aim)}: ${keepsAim(row) ? 'met' : 'MISSED'}`;
  return [what, peer, shown, verdict, setting];
}

function inWords({ atLeast, atMost }: Aim): string {
  return [atLeast === undefined ? '' : `>= ${short(atLeast)}`, atMost === undefined ? '' : `<= ${short(atMost)}`]
    .filter((part) => part !== '')
    .join(', ');
}

function short(figure: number): string {
  return String(Number(figure.toPrecision(4)));
}
