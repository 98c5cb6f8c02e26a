import type { Zone } from '../theme/preferences.ts';

const dateParts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const timeParts = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: Zone, kind: 'date' | 'time' | 'minute'): Intl.DateTimeFormat {
  const key = `${zone} ${kind}`;
  let format = formats.get(key);
  if (format === undefined) {
    const parts = kind === 'date' ? dateParts : kind === 'time' ? timeParts : { ...timeParts, second: undefined };
    // Swedish writes dates as ISO does.
    format = new Intl.DateTimeFormat('sv-SE', { ...parts, ...(zone === 'utc' ? { timeZone: 'UTC' } : {}) });
    formats.set(key, format);
  }
  return format;
}

/** `03:12:40` */
export function timeOf(at: number | string, zone: Zone): string {
  return formatOf(zone, 'time').format(new Date(at));
}

/** `03:12` */
export function minuteOf(at: number | string, zone: Zone): string {
  return formatOf(zone, 'minute').format(new Date(at));
}

/** `2026-11-22` */
export function dateOf(at: number | string, zone: Zone): string {
  return formatOf(zone, 'date').format(new Date(at));
}

/** `2026-11-22 03:12:40` */
export function dateTimeOf(at: number | string, zone: Zone): string {
  return `${dateOf(at, zone)} ${timeOf(at, zone)}`;
}

/**
 * A stretch of time as short as it can be said: `0.4 s`, `42 s`, `4 min`, `3 h 12 min`, `2 d 4 h`.
 *
 * @param ms below 0 counts as 0
 */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${String(Math.floor(seconds))} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${String(minutes)} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return minutes % 60 === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes % 60)} min`;
  }
  return hours % 24 === 0
    ? `${String(Math.floor(hours / 24))} d`
    : `${String(Math.floor(hours / 24))} d ${String(hours % 24)} h`;
}

/** The same in whole seconds, for what changes once a second. */
export function wholeSpanOf(ms: number): string {
  return spanOf(Math.floor(Math.max(0, ms) / 1000) * 1000).replace('.0 s', ' s');
}

/** A running clock: `04:12`, `1:04:12`. */
export function countOf(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const two = (part: number) => String(part).padStart(2, '0');
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${String(Math.floor(seconds / 3600))}:${rest}`;
}
