import { useEffect, useState } from 'react';
import { floorCounts, sumOf } from '../live/counts.ts';
import { useLiveLine } from '../live/use-live.ts';

const everyMs = 5_000;

/** For screen readers: what the last seconds brought, at most one sentence every 5 s, and none when nothing changed. */
export function useQuietSummary(): string {
  const live = useLiveLine();
  const [summary, setSummary] = useState('');
  useEffect(() => {
    let before = Number.NaN;
    const timer = setInterval(() => {
      if (!live.store.hasFloor) {
        return;
      }
      const counts = floorCounts(live.store.state);
      const now = sumOf(counts);
      if (now > before) {
        setSummary(`${String(now - before)} more flags; ${String(now)} wait, ${String(counts.P1)} of them critical`);
      }
      before = now;
    }, everyMs);
    return () => clearInterval(timer);
  }, [live]);
  return summary;
}
