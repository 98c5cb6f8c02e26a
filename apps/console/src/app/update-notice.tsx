import { useEffect } from 'react';
import { useIsOutdated } from '../live/use-live.ts';
import { Button } from '../parts/button.tsx';
import styles from './strip.module.css';

/** A newer console is there. People choose their moment; a wall, where nobody works, takes it by itself. */
export function UpdateNotice() {
  const isOutdated = useIsOutdated();
  useEffect(() => {
    if (isOutdated && document.documentElement.hasAttribute('data-kiosk')) {
      // Not all walls in the same second.
      const timer = setTimeout(() => location.reload(), 5_000 + Math.random() * 25_000);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [isOutdated]);
  return isOutdated ? (
    <span className={styles.update} role="status">
      New version <Button onClick={() => location.reload()}>Reload</Button>
    </span>
  ) : null;
}
