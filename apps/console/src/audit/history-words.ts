import { isEntryKind } from './entry-words.ts';
import { isReason, isUuid, isVerdict, type HistoryFilter } from './history-search.ts';

/** What was typed, understood; or the words that mean nothing here. */
export interface Understood {
  readonly filter: HistoryFilter;
  /** `#918204`: not a filter but a place to go. */
  readonly entry: number | null;
  readonly unknown: readonly string[];
}

type Reading = (value: string, filter: HistoryFilter) => HistoryFilter | undefined;

const readings: Readonly<Record<string, Reading>> = {
  kind: (value, filter) => (isEntryKind(value) ? { ...filter, kind: [...(filter.kind ?? []), value] } : undefined),
  stream: (value, filter) => ({ ...filter, stream: value }),
  flag: (value, filter) => (isUuid(value) ? { ...filter, flag: value } : undefined),
  by: (value, filter) => (isUuid(value) ? { ...filter, person: value } : undefined),
  reason: (value, filter) => (isReason(value) ? { ...filter, reason: value } : undefined),
  from: (value, filter) => {
    const span = spanOf(value);
    return span === undefined ? undefined : { ...filter, from: span.from };
  },
  to: (value, filter) => {
    const span = spanOf(value);
    return span === undefined ? undefined : { ...filter, to: span.to };
  },
};

/**
 * Reads a line such as `overridden reason:data-fault stream:digits 2026-10`. Days and months are of UTC; `to:` counts
 * its day or month in.
 */
export function understood(text: string): Understood {
  let filter: HistoryFilter = {};
  let entry: number | null = null;
  const unknown: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (/^#\d{1,15}$/.test(word)) {
      entry = Number(word.slice(1));
      continue;
    }
    const next = withWord(word, filter);
    if (next === undefined) {
      unknown.push(word);
    } else {
      filter = next;
    }
  }
  return { filter, entry, unknown };
}

/** The line that means the filter. */
export function inWords(filter: HistoryFilter): string {
  const { kind = [], stream, flag, person, verdict, reason, from, to } = filter;
  return [
    verdict,
    ...kind.map((one) => `kind:${one}`),
    stream && `stream:${stream}`,
    reason && `reason:${reason}`,
    flag && `flag:${flag}`,
    person && `by:${person}`,
    ...spanWords(from, to),
  ]
    .filter((word) => word !== undefined)
    .join(' ');
}

function withWord(word: string, filter: HistoryFilter): HistoryFilter | undefined {
  const colon = word.indexOf(':');
  const key = word.slice(0, Math.max(0, colon));
  if (Object.hasOwn(readings, key) && colon < word.length - 1) {
    return readings[key]?.(word.slice(colon + 1), filter);
  }
  if (isVerdict(word)) {
    return { ...filter, verdict: word };
  }
  if (isUuid(word)) {
    return { ...filter, flag: word };
  }
  const span = spanOf(word);
  return span === undefined ? undefined : { ...filter, ...span };
}

/** A month, a day or an instant; the instant has no length. */
function spanOf(text: string): { from: string; to: string } | undefined {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const start = Date.parse(month === null ? text : `${text}-01`);
  if (
    Number.isNaN(start) ||
    (month === null && day === null && !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text))
  ) {
    return undefined;
  }
  const end = new Date(start);
  if (month !== null) {
    end.setUTCMonth(end.getUTCMonth() + 1);
  } else if (day !== null) {
    end.setUTCDate(end.getUTCDate() + 1);
  }
  return { from: new Date(start).toISOString(), to: end.toISOString() };
}

function spanWords(from: string | undefined, to: string | undefined): readonly string[] {
  return [...(from === undefined ? [] : [`from:${from}`]), ...(to === undefined ? [] : [`to:${to}`])];
}
