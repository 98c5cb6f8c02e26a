import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 640px)';

/** Whether the screen is as narrow as a phone's. The style sheets draw the line at the same width. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(narrow).matches);
}

function subscribe(listener: () => void): () => void {
  const media = matchMedia(narrow);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}
