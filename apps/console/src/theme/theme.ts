import { usePreferences } from './preferences.ts';

const wantsLight = () => matchMedia('(prefers-color-scheme: light)');

/** Keeps the page in the theme that the person chose, or the system has; `public/theme.js` did it for the first paint. */
export function keepTheme(): void {
  const apply = () => {
    const { theme } = usePreferences.getState();
    const isLight = theme === 'light' || (theme === 'system' && wantsLight().matches);
    document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
  };
  apply();
  usePreferences.subscribe(apply);
  wantsLight().addEventListener('change', apply);
}
