import type { StreamSummary } from '@watchfloor/contracts';
import { useRef, useState } from 'react';
import { useKeys } from '../keys/registry.ts';
import { worstOf } from '../live/counts.ts';
import { noCounts } from '../live/reduce.ts';
import { shallowEqual, useLive } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { usePhone } from '../parts/phone.ts';
import { Tile } from './tile.tsx';
import { tileAt } from './tile-at.ts';
import type { Move } from './tile-at.ts';
import { urgentFirst } from './urgent.ts';
import styles from './wall.module.css';

/** Every stream at a place that never changes: the eye learns where to look. */
export function Wall({ streams }: { readonly streams: readonly StreamSummary[] }) {
  const grid = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const isPhone = usePhone();
  const [showsNormal, setShowsNormal] = useState(false);
  const names = streams.map(({ name }) => name);
  const urgent = useLive(
    (state) => urgentFirst(names, (name) => worstOf(state.streams.get(name)?.open ?? noCounts)),
    shallowEqual,
  );
  const move = (by: Move) => {
    const columns = grid.current === null ? 1 : columnsOf(grid.current);
    const focused = document.activeElement?.getAttribute('data-tile') ?? null;
    const name = tileAt(names, focused, by, columns);
    if (name !== null) {
      setStop(name);
      grid.current?.querySelector<HTMLElement>(`[data-tile="${CSS.escape(name)}"]`)?.focus();
    }
  };
  useKeys('Wall', [
    { keys: 'ArrowRight', does: 'Next tile', act: () => move('right'), repeats: true },
    { keys: 'ArrowLeft', does: 'Tile before', act: () => move('left'), repeats: true },
    { keys: 'ArrowDown', does: 'Tile below', act: () => move('down'), repeats: true },
    { keys: 'ArrowUp', does: 'Tile above', act: () => move('up'), repeats: true },
    { keys: 'Enter', does: 'Open the stream', act: () => undefined },
  ]);
  const first = stop !== null && streams.some(({ name }) => name === stop) ? stop : streams[0]?.name;
  const tile = (stream: StreamSummary) => (
    <li key={stream.name}>
      <Tile stream={stream} isStop={stream.name === first} />
    </li>
  );
  if (!isPhone) {
    return (
      <ul ref={grid} className={styles.wall} aria-label="Streams" data-few={streams.length <= few ? true : undefined}>
        {streams.map(tile)}
      </ul>
    );
  }
  const normal = streams.filter(({ name }) => !urgent.includes(name));
  return (
    <>
      <ul ref={grid} className={styles.wall} aria-label="Streams">
        {urgent.flatMap((name) => streams.filter((stream) => stream.name === name)).map(tile)}
        {showsNormal ? normal.map(tile) : null}
      </ul>
      {normal.length === 0 ? null : (
        <Button className={styles.normal} aria-expanded={showsNormal} onClick={() => setShowsNormal(!showsNormal)}>
          {normal.length} normal {showsNormal ? '– hide' : '– show'}
        </Button>
      )}
    </>
  );
}

/** So many streams or fewer have room for larger tiles. */
const few = 6;

function columnsOf(grid: Element): number {
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}

/** Places as the tiles will have them, so that nothing jumps when they come. */
export function WallSkeleton() {
  return (
    <div className={styles.wall} aria-busy="true">
      <span className="visually-hidden">Loading the streams</span>
      {Array.from({ length: 8 }, (_, place) => (
        <div key={place} className={styles.blank} aria-hidden="true" />
      ))}
    </div>
  );
}
