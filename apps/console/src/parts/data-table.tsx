import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** Left out on a phone. */
  readonly isExtra?: boolean;
}

interface Props<Row> {
  /** What the table holds, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  readonly selected?: (row: Row) => boolean;
}

/** A plain table of at most a few hundred rows; longer lists are virtual and look after themselves. */
export function DataTable<Row>({ caption, columns, rows, keyOf, selected }: Props<Row>) {
  return (
    // Focusable, because what scrolls has to scroll by keyboard too.
    <div className={styles.scroll} role="group" aria-label={`${caption}, scrolls`} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cellClass(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} aria-current={selected?.(row) === true ? 'true' : undefined}>
              {columns.map((column) => (
                <td key={column.key} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellClass<Row>({ isNumber, isExtra }: Column<Row>): string {
  return classNames(isNumber === true && styles.number, isExtra === true && styles.extra);
}
