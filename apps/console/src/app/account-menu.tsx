import { Link } from '@tanstack/react-router';
import type { Me } from '@watchfloor/contracts';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { Button } from '../parts/button.tsx';
import { usePreferences } from '../theme/preferences.ts';
import type { ThemeChoice } from '../theme/preferences.ts';
import styles from './account-menu.module.css';
import { useSignOut } from './sign-out.ts';

const themeWords: Readonly<Record<ThemeChoice, string>> = { system: 'as the system', dark: 'dark', light: 'light' };

interface Props {
  readonly me: Me;
  readonly onShowKeys: () => void;
}

/** Who I am, how this device shows things, and the way out. */
export function AccountMenu({ me, onShowKeys }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const { theme, letterKeys, setTheme, setLetterKeys } = usePreferences();
  const close = () => details.current?.removeAttribute('open');
  useCloseOutside(details);
  const signOut = useSignOut();
  return (
    <details ref={details} className={styles.menu}>
      <summary className={styles.summary}>
        <span className={styles.name}>{me.person.name}</span>
        <span className={styles.initials} aria-hidden="true">
          {initialsOf(me.person.name)}
        </span>
      </summary>
      <div className={styles.sheet}>
        <p>
          <strong>{me.person.name}</strong>
          <br />
          <span className={styles.dim}>{me.person.email}</span>
          <br />
          <span className={styles.dim}>{me.person.roles.join(', ')}</span>
        </p>
        <p className={styles.duties}>
          Separation of duties is{' '}
          {me.separationOfDuties ? 'on' : 'off: people who edit rules, keys or people may also decide'}.
        </p>
        <label className={styles.row}>
          Theme
          <select value={theme} onChange={(event) => setTheme(event.target.value as ThemeChoice)}>
            {Object.entries(themeWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.row}>
          Single-letter keys
          <input type="checkbox" checked={letterKeys} onChange={(event) => setLetterKeys(event.target.checked)} />
        </label>
        <div className={styles.acts}>
          <Button
            hint="?"
            onClick={() => {
              close();
              onShowKeys();
            }}
          >
            Keys
          </Button>
          <Link to="/people" className={styles.link} onClick={close}>
            {me.permissions.includes('people.read') ? 'People, keys, my password' : 'My password'}
          </Link>
          <Button onClick={() => void signOut()}>Sign out</Button>
        </div>
      </div>
    </details>
  );
}

function useCloseOutside(details: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const closeOn = (event: Event) => {
      const isInside = event.target instanceof Node && details.current?.contains(event.target) === true;
      if (!isInside || (event instanceof KeyboardEvent && event.key === 'Escape')) {
        details.current?.removeAttribute('open');
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        closeOn(event);
      }
    };
    addEventListener('pointerdown', closeOn);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', closeOn);
      removeEventListener('keydown', onKey);
    };
  }, [details]);
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
