import type { Permission } from '@watchfloor/contracts';
import type { ReactNode } from 'react';

interface Place {
  readonly to: '/watch' | '/queue' | '/history' | '/people';
  readonly name: string;
  /** After `g`. */
  readonly key: string;
  /** Any of these opens it. */
  readonly needs: readonly Permission[];
  readonly icon: ReactNode;
}

/** The screens that one's permissions open. */
export function placesFor(permissions: readonly Permission[]): readonly Place[] {
  return places.filter(({ needs }) => needs.some((need) => permissions.includes(need)));
}

const places: readonly Place[] = [
  { to: '/watch', name: 'Watch', key: 'w', needs: ['streams.read'], icon: icon('M2 13h3l2.5-7 4 10 2.5-6 1.2 3H18') },
  { to: '/queue', name: 'Queue', key: 'q', needs: ['flags.read'], icon: icon('M5 17V3h10l-2.5 4L15 11H5') },
  {
    to: '/history',
    name: 'History',
    key: 'h',
    needs: ['record.read'],
    icon: icon('M4 4h12v12H4zM7 8h6M7 11h6M7 14h3'),
  },
  {
    to: '/people',
    name: 'People',
    key: 'p',
    needs: ['people.read', 'keys.read'],
    icon: icon('M10 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5'),
  },
];

function icon(path: string): ReactNode {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      <path d={path} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}
