import { useEffect, useState } from 'react';

/**
 * A flag that came on the screen within the last quarter of a second cannot have been read: what is pressed so soon was
 * meant for the flag before it (a double click, a key that bounced).
 */
export const unreadMs = 250;

/** Whether the flag has been on the screen long enough for a press to be meant for it. */
export function useReady(flagId: string | null): boolean {
  const [readyFor, setReadyFor] = useState<string | null>(null);
  useEffect(() => {
    if (flagId === null) {
      return undefined;
    }
    const timer = setTimeout(() => setReadyFor(flagId), unreadMs);
    return () => clearTimeout(timer);
  }, [flagId]);
  return flagId !== null && readyFor === flagId;
}
