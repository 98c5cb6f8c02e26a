import type { StreamSummary } from '@watchfloor/contracts';
import { useRef, useState } from 'react';
import { useKeys } from '../keys/registry.ts';
import { worstOf } from '../live/counts.ts';
import { useLive } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import { usePhone } from '../parts/phone.ts';
import { Tile } from './tile.tsx';
import { tileAt } from './tile-at.ts';
import type { Move } from './tile-at.ts';
import styles from './wall.module.css';

/** Every stream at a place that never changes: the eye learns where to look. */
export function Wall({ streams }: { readonly streams: readonly StreamSummary[] }) {
  const grid = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const isPhone = usePhone();
  const [showsNormal, setShowsNormal] = useState(false);
  const abnormal = useLive((state) =>
    namesOf(streams, (name) => worstOf(state.streams.get(name)?.open ?? none) !== null),
  );
  const move = (by: Move) => {
    const names = streams.map(({ name }) => name);
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
    { keys: 'Enter', does: 'Open the stream', act: () => undefined, isOn: stop !== null },
  ]);
  const first = stop !== null && streams.some(({ name }) => name === stop) ? stop : streams[0]?.name;
  const tile = (stream: StreamSummary) => (
    <li key={stream.name}>
      <Tile stream={stream} isStop={stream.name === first} />
    </li>
  );
  if (!isPhone) {
    return (
      <ul ref={grid} className={styles.wall} aria-label="Streams">
        {streams.map(tile)}
      </ul>
    );
  }
  const odd = new Set(abnormal.split(' '));
  const normal = streams.filter(({ name }) => !odd.has(name));
  return (
    <>
      <ul ref={grid} className={styles.wall} aria-label="Streams">
        {streams.filter(({ name }) => odd.has(name)).map(tile)}
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

const none = { P1: 0, P2: 0, P3: 0, P4: 0 };

/** One text, so that it is compared by value. */
function namesOf(streams: readonly StreamSummary[], test: (name: string) => boolean): string {
  return streams
    .map(({ name }) => name)
    .filter(test)
    .join(' ');
}

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
