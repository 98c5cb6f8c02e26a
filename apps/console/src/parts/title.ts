import { useEffect } from 'react';

let base = 'Watchfloor';
let prefix = '';

/** Names the document while the screen is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    base = title === '' ? 'Watchfloor' : `${title} · Watchfloor`;
    write();
  }, [title]);
}

/** What stands before every title, such as `! OFFLINE `; a tab that nobody looks at has only its title to say it. */
export function prefixTitle(text: string): void {
  prefix = text;
  write();
}

function write(): void {
  document.title = `${prefix}${base}`;
}
