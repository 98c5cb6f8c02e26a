import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { OutboxTray } from '../flag/outbox/outbox-tray.tsx';
import { useKeys } from '../keys/registry.ts';
import { usePhase, useLiveLine } from '../live/use-live.ts';
import { KeySheet } from '../keys/key-sheet.tsx';
import { ToastShelf } from '../parts/toast.tsx';
import { useFreshAfterOutage } from './after-outage.ts';
import { ConnectionBanner, useCaughtUpNotice } from './connection-banner.tsx';
import { placesFor } from './places.tsx';
import { useQuietSummary } from './quiet-summary.ts';
import styles from './shell.module.css';
import { Strip } from './strip.tsx';

// Brings a component library with it that nothing else on a first screen needs.
const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }));

/** The frame of every screen behind the door. */
export function Shell() {
  const live = useLiveLine();
  const phase = usePhase();
  const me = useQuery(meQuery).data;
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useEffect(() => {
    live.start();
  }, [live]);
  useCaughtUpNotice();
  useFreshAfterOutage();
  const places = placesFor(me?.permissions ?? []);
  const navigate = useNavigate();
  useKeys('Everywhere', [
    ...places.map(({ key, to, name }) => ({
      keys: `g ${key}`,
      does: `Go to ${name}`,
      act: () => void navigate({ to }),
    })),
    { keys: '?', does: 'Show the keys', act: () => setSheetOpen(true) },
    { keys: '$mod+k', does: 'Go to or do anything', act: () => setPaletteOpen(true) },
  ]);
  const summary = useQuietSummary();
  return (
    <div className={styles.shell} data-connection={phase}>
      <a href="#screen" className={styles.skip}>
        Skip to the screen
      </a>
      <nav className={styles.rail} aria-label="Screens">
        {places.map(({ to, name, icon }) => (
          <Link
            key={to}
            to={to}
            className={styles.place}
            activeProps={{ className: styles.here, 'aria-current': 'page' }}
          >
            {icon}
            <span>{name}</span>
          </Link>
        ))}
      </nav>
      <Strip onShowKeys={() => setSheetOpen(true)} />
      <div className={styles.screen} id="screen" tabIndex={-1}>
        <ConnectionBanner />
        <Outlet />
      </div>
      <ToastShelf />
      <OutboxTray />
      {isSheetOpen ? <KeySheet onClose={() => setSheetOpen(false)} /> : null}
      {isPaletteOpen ? (
        <Suspense fallback={null}>
          <Palette onClose={() => setPaletteOpen(false)} onShowKeys={() => setSheetOpen(true)} />
        </Suspense>
      ) : null}
      <p className="visually-hidden" role="status" aria-live="polite">
        {summary}
      </p>
    </div>
  );
}
