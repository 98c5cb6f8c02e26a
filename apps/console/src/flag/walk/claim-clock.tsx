import { useEffect, useState } from 'react';
import { countOf } from '../../parts/time.ts';
import type { Held } from '../held.ts';
import styles from '../flag-header.module.css';

/** How long the claim still holds; it is renewed by itself while somebody is at the desk. */
export function ClaimClock({ held, loss }: { readonly held: Held; readonly loss: string | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (loss !== null) {
    return <span className={styles.lost}>claim ended</span>;
  }
  const leftMs = Math.max(0, held.expiresAtMs - now);
  return (
    <span
      className={leftMs < 30_000 ? styles.ending : styles.claim}
      title="Renewed by itself while you work on this page."
    >
      yours for <time>{countOf(leftMs)}</time>
    </span>
  );
}
