import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import styles from './virtual-table.module.css';

export interface VirtualColumn<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Width as a grid track; default `minmax(0, 1fr)`. */
  readonly width?: string;
  /** Left out on a phone. */
  readonly isExtra?: boolean;
}

export interface VirtualTableHandle {
  /** Moves the focus by so many rows, and stays within the list. */
  move: (by: number) => void;
  toTop: () => void;
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  /** How many rows there are in all, where that is known; else as many as are here. */
  readonly total?: number;
  readonly isSelected?: (row: Row) => boolean;
  readonly isDimmed?: (row: Row) => boolean;
  /** The last rows come into view: more are wanted. */
  readonly onNearEnd?: () => void;
  /** Somebody's hand is on the list (pointer, focus, or scrolled away from the top), or has left it. */
  readonly onHold?: (isHeld: boolean) => void;
  readonly ref?: Ref<VirtualTableHandle>;
}

const rowHeight = 36;
const nearEnd = 20;

/**
 * A long table of which only the visible rows are drawn. Each row's one link carries `data-row-link`; it is stretched over
 * the row, and one of them at a time is in the order of Tab.
 */
export function VirtualTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, keyOf, total, isSelected, isDimmed, onNearEnd, onHold, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const wanted = useRef<number | null>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- it warns of the React Compiler, which this build does not use
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const at = Math.min(stop, Math.max(0, rows.length - 1));

  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - nearEnd) {
      onNearEnd?.();
    }
  }, [last, rows.length, onNearEnd]);

  // Runs after every drawing: the row that was asked for may only now be there.
  useEffect(() => {
    if (wanted.current !== null) {
      const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] [data-row-link]`);
      if (link) {
        wanted.current = null;
        link.focus({ preventScroll: true });
      }
    }
  });

  useImperativeHandle(ref, () => ({
    move: (by) => {
      const isIn = scroller.current?.contains(document.activeElement) === true;
      const next = Math.min(rows.length - 1, Math.max(0, isIn ? at + by : at));
      wanted.current = next;
      setStop(next);
      virtual.scrollToIndex(next);
      if (next === at) {
        scroller.current
          ?.querySelector<HTMLElement>(`[data-index="${next}"] [data-row-link]`)
          ?.focus({ preventScroll: true });
      }
    },
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
  }));

  const hand = useRef({ isOver: false, isIn: false, isDown: false });
  const tellHold = () => onHold?.(hand.current.isOver || hand.current.isIn || hand.current.isDown);
  const template = columns.map(({ width }) => width ?? 'minmax(0, 1fr)').join(' ');
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="table"
      aria-label={caption}
      aria-rowcount={(total ?? rows.length) + 1}
      style={{ '--columns': template } as React.CSSProperties}
      onPointerEnter={(event) => {
        hand.current.isOver = event.pointerType === 'mouse';
        tellHold();
      }}
      onPointerLeave={() => {
        hand.current.isOver = false;
        tellHold();
      }}
      onFocus={(event) => {
        const index = event.target.closest<HTMLElement>('[data-index]')?.dataset.index;
        if (index !== undefined) {
          setStop(Number(index));
        }
        hand.current.isIn = true;
        tellHold();
      }}
      onBlur={(event) => {
        hand.current.isIn = event.currentTarget.contains(event.relatedTarget);
        tellHold();
      }}
      onScroll={(event) => {
        hand.current.isDown = event.currentTarget.scrollTop > 8;
        tellHold();
      }}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" className={styles.row} aria-rowindex={1}>
          {columns.map((column) => (
            <span key={column.key} role="columnheader" className={classNames(column.isExtra === true && styles.extra)}>
              <span className={styles.label}>{column.head}</span>
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ blockSize: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <div
              key={item.key}
              ref={virtual.measureElement}
              role="row"
              aria-rowindex={item.index + 2}
              aria-current={isSelected?.(row) === true ? 'true' : undefined}
              data-index={item.index}
              data-key={keyOf(row)}
              data-stop={item.index === at}
              className={classNames(styles.row, styles.data, isDimmed?.(row) === true && styles.dimmed)}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {columns.map((column) => (
                <span
                  key={column.key}
                  role="cell"
                  data-column={column.key}
                  className={classNames(column.isExtra === true && styles.extra)}
                >
                  {column.cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
