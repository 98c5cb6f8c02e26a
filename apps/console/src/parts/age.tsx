import { usePreferences } from '../theme/preferences.ts';
import { useNow } from './now.ts';
import { countOf, dateOf, dateTimeOf, timeOf, wholeSpanOf } from './time.ts';

interface Props {
  /** ISO 8601 or milliseconds. */
  readonly at: string | number;
  /** `count` runs like a stopwatch (`04:12`); default `span` (`4 min`). */
  readonly as?: 'span' | 'count';
}

/** How long ago something was, by the server's clock. */
export function Age({ at, as = 'span' }: Props) {
  const now = useNow();
  const zone = usePreferences((preferences) => preferences.zone);
  const ms = now - new Date(at).getTime();
  return (
    <time dateTime={new Date(at).toISOString()} title={`${dateTimeOf(at, zone)} ${zoneWord(zone)}`}>
      {as === 'count' ? countOf(ms) : wholeSpanOf(ms)}
    </time>
  );
}

/** A moment in the chosen zone; always with its date as a title. */
export function Moment({ at, withDate = false }: { readonly at: string | number; readonly withDate?: boolean }) {
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <time dateTime={new Date(at).toISOString()} title={`${dateTimeOf(at, zone)} ${zoneWord(zone)}`}>
      {withDate ? dateTimeOf(at, zone) : timeOf(at, zone)}
    </time>
  );
}

/** The day of a moment, for what happened long ago. */
export function Day({ at }: { readonly at: string }) {
  const zone = usePreferences((preferences) => preferences.zone);
  return (
    <time dateTime={at} title={`${dateTimeOf(at, zone)} ${zoneWord(zone)}`}>
      {dateOf(at, zone)}
    </time>
  );
}

/** The floor's clock; press it to change between UTC and local time. */
export function Clock({ className }: { readonly className?: string | undefined }) {
  const now = useNow();
  const { zone, setZone } = usePreferences();
  return (
    <button type="button" className={className} onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}>
      <time dateTime={new Date(now).toISOString()} suppressHydrationWarning>
        {timeOf(now, zone)}
      </time>{' '}
      {zoneWord(zone)}
      <span className="visually-hidden">, show {zoneWord(zone === 'utc' ? 'local' : 'utc')} times instead</span>
    </button>
  );
}

function zoneWord(zone: 'utc' | 'local'): string {
  return zone === 'utc' ? 'UTC' : 'local';
}
