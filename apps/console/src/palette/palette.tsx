import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Header, Menu, MenuItem, MenuSection, Text } from 'react-aria-components/Menu';
import { Input, TextField } from 'react-aria-components/TextField';
import { meQuery } from '../api/queries.ts';
import { placesFor } from '../app/places.tsx';
import { useSignOut } from '../app/sign-out.ts';
import { useLive } from '../live/use-live.ts';
import { Dialog } from '../parts/dialog.tsx';
import { usePreferences, type ThemeChoice } from '../theme/preferences.ts';
import { flagItems, foundItems, paletteGroups, type PaletteGroup, type PaletteItem } from './palette-items.ts';
import styles from './palette.module.css';

interface Props {
  readonly onClose: () => void;
  readonly onShowKeys: () => void;
}

/** Goes anywhere and does anything by a few typed letters. */
export function Palette({ onClose, onShowKeys }: Props) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const { items, run } = usePaletteItems(onShowKeys);
  const found = useMemo(() => foundItems(items, typed), [items, typed]);
  const groups = (Object.keys(paletteGroups) as PaletteGroup[]).filter((group) =>
    found.some((item) => item.group === group),
  );
  return (
    <Dialog title="Go to or do" onClose={onClose}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <TextField aria-label="Screens, streams, flags and commands" className={styles.field ?? ''}>
          <Input
            ref={input}
            className={styles.input ?? ''}
            placeholder="Screen, stream, flag id or command"
            maxLength={100}
            spellCheck="false"
          />
        </TextField>
        <Menu
          aria-label="Found"
          className={styles.list ?? ''}
          onAction={(id) => {
            onClose();
            run(String(id));
          }}
          renderEmptyState={() => <p className={styles.none}>Nothing is called like that.</p>}
        >
          {groups.map((group) => (
            <MenuSection key={group} className={styles.section ?? ''}>
              <Header className={styles.head ?? ''}>{paletteGroups[group]}</Header>
              {found
                .filter((item) => item.group === group)
                .map((item) => (
                  <MenuItem key={item.id} id={item.id} textValue={item.text} className={styles.item ?? ''}>
                    <Text slot="label" className={styles.label ?? ''}>
                      {item.text}
                      {item.hint === undefined ? null : <small> {item.hint}</small>}
                    </Text>
                  </MenuItem>
                ))}
            </MenuSection>
          ))}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}

const themes: Readonly<Record<ThemeChoice, string>> = {
  dark: 'Dark theme',
  light: 'Light theme',
  system: 'Theme as the system',
};

function usePaletteItems(onShowKeys: () => void) {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { zone, setZone, setTheme } = usePreferences();
  const me = useQuery(meQuery).data;
  const flags = useLive((state) => state.flags);
  const streams = useLive((state) => state.streams);
  const items = useMemo<readonly PaletteItem[]>(() => {
    const permissions = me?.permissions ?? [];
    return [
      ...placesFor(permissions).map(({ to, name, key }) => ({
        id: `screen ${to}`,
        group: 'screen' as const,
        text: name,
        hint: `g ${key}`,
      })),
      ...(permissions.includes('flags.decide')
        ? [{ id: 'command next', group: 'command' as const, text: 'Next flag', also: 'start answer claim queue walk' }]
        : []),
      ...(Object.keys(themes) as ThemeChoice[]).map((theme) => ({
        id: `command theme-${theme}`,
        group: 'command' as const,
        text: themes[theme],
        also: 'colour mode',
      })),
      {
        id: 'command zone',
        group: 'command',
        text: zone === 'utc' ? 'Show times in local time' : 'Show times in UTC',
        also: 'time zone clock',
      },
      { id: 'command keys', group: 'command', text: 'Show the keys', hint: '?', also: 'shortcuts help' },
      { id: 'command sign-out', group: 'command', text: 'Sign out', also: 'logout leave' },
      ...[...streams.keys()].sort().map((name) => ({ id: `stream ${name}`, group: 'stream' as const, text: name })),
      ...flagItems(flags.values()),
    ];
  }, [me, zone, streams, flags]);
  const run = (id: string) => {
    const space = id.indexOf(' ');
    const name = id.slice(space + 1);
    switch (id.slice(0, space)) {
      case 'screen':
        void navigate({ to: name });
        break;
      case 'stream':
        void navigate({ to: '/streams/$stream', params: { stream: name } });
        break;
      case 'flag':
        void navigate({ to: '/flags/$id', params: { id: name } });
        break;
      default:
        command(name);
    }
  };
  const command = (name: string) => {
    if (name === 'next') {
      void navigate({ to: '/queue/now' });
    } else if (name === 'zone') {
      setZone(zone === 'utc' ? 'local' : 'utc');
    } else if (name === 'keys') {
      onShowKeys();
    } else if (name === 'sign-out') {
      void signOut();
    } else {
      setTheme(name.replace('theme-', '') as ThemeChoice);
    }
  };
  return { items, run };
}
