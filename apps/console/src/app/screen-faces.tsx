import { Link } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorNotice } from '../parts/faces.tsx';
import { useTitle } from '../parts/title.ts';
import styles from './screen-faces.module.css';

/** An address that leads nowhere. */
export function NotFound() {
  useTitle('Not found');
  return (
    <main className={styles.face}>
      <h1>Nothing at this address</h1>
      <p>The link may be old, or mistyped.</p>
      <p>
        <Link to="/watch">Go to Watch</Link>
      </p>
    </main>
  );
}

/** A screen that broke. The rest of the console goes on. */
export function Crash({ error, reset }: ErrorComponentProps) {
  useTitle('Broken');
  return (
    <main className={styles.face}>
      <h1>This screen broke</h1>
      <ErrorNotice error={error} onRetry={reset} />
      <p>
        <a href="/watch">Load Watch afresh</a>
      </p>
    </main>
  );
}
