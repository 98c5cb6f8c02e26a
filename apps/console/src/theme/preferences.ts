import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type ThemeChoice = 'system' | 'dark' | 'light';
export type Zone = 'utc' | 'local';

interface Preferences {
  readonly theme: ThemeChoice;
  readonly zone: Zone;
  /** Off for people who speak to their machine, or whose hand slips: then only keys with a modifier work. */
  readonly letterKeys: boolean;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly setZone: (zone: Zone) => void;
  readonly setLetterKeys: (letterKeys: boolean) => void;
}

/** What a person set on this device. `public/theme.js` reads the same place before the first paint. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      zone: 'utc',
      letterKeys: true,
      setTheme: (theme) => set({ theme }),
      setZone: (zone) => set({ zone }),
      setLetterKeys: (letterKeys) => set({ letterKeys }),
    }),
    { name: 'watchfloor.preferences', version: 1 },
  ),
);
