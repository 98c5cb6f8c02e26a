import {
  plusSeconds,
  type ContactMethod,
  type Instant,
  type NotificationRules,
  type Notice,
  type Priority,
  type QuietHours,
} from '@watchfloor/contracts';
import { afterQuiet, waitsInQuietHours } from '../escalation/quiet-hours.ts';

/** How one person can be reached. */
export interface Reachable {
  readonly personId: string;
  readonly settings: NotificationRules;
  readonly contactMethods: readonly ContactMethod[];
}

/** One call of one person about one flag. */
export interface Page {
  readonly id: string;
  readonly at: Instant;
  readonly priority: Priority;
  /** Quiet hours of the schedules that led to the person; their own come on top. */
  readonly quietHours: readonly QuietHours[];
}

/** What comes of a page. */
export interface Expansion {
  /** In order of time. */
  readonly notices: readonly Notice[];
  /** Rules that lead nowhere, by their place in the list. */
  readonly idleRules: readonly { readonly rule: number; readonly because: 'unknown' | 'unverified' | 'disabled' }[];
  /** No rule fits this priority and leads anywhere, so that every verified way is used at once. */
  readonly isFallback: boolean;
}

/**
 * The notices that a page gives, by the person's own rules.
 *
 * The console has one at once, whatever the rules say. Somebody whose rules lead nowhere is told on every way that is verified; with
 * none, on the console alone. Quiet hours put P3 and P4 off to their end, and two notices that come to the same way at the same
 * moment by that are one.
 */
export function expandNotices({ personId, settings, contactMethods }: Reachable, page: Page): Expansion {
  const methods = new Map(
    contactMethods.filter((method) => method.personId === personId).map((method) => [method.id, method]),
  );
  const idleRules: Expansion['idleRules'][number][] = [];
  const wanted: Wanted[] = [];
  settings.rules.forEach((rule, index) => {
    const method = methods.get(rule.contactMethodId);
    const because = whyIdle(method);
    if (method === undefined || because !== undefined) {
      idleRules.push({ rule: index, because: because ?? 'unknown' });
    } else if (rule.priorities.includes(page.priority)) {
      wanted.push({ afterSeconds: rule.afterSeconds, method, source: `rule-${index}` });
    }
  });
  const isFallback = wanted.length === 0;
  const usable = [...methods.values()].filter((method) => whyIdle(method) === undefined);
  const ways = isFallback ? usable.map((method) => ({ afterSeconds: 0, method, source: 'fallback' })) : wanted;
  const quiet = [...page.quietHours, ...(settings.quietHours === null ? [] : [settings.quietHours])];
  return {
    notices: inTime([
      consoleNotice(personId, page),
      ...ways.map((way) => noticeOf(personId, page, way, waitsInQuietHours(page.priority) ? quiet : [])),
    ]),
    idleRules,
    isFallback,
  };
}

interface Wanted {
  readonly afterSeconds: number;
  readonly method: ContactMethod;
  readonly source: string;
}

function whyIdle(method: ContactMethod | undefined): Expansion['idleRules'][number]['because'] | undefined {
  if (method === undefined) {
    return 'unknown';
  }
  if (method.disabledAt !== null) {
    return 'disabled';
  }
  return method.verifiedAt === null ? 'unverified' : undefined;
}

function consoleNotice(personId: string, { id, at }: Page): Notice {
  return {
    id: `${id}/${personId}/console`,
    pageId: id,
    personId,
    kind: 'console',
    contactMethodId: null,
    dueAt: at,
    isHeldBack: false,
  };
}

function noticeOf(
  personId: string,
  { id, at }: Page,
  { afterSeconds, method, source }: Wanted,
  quiet: readonly QuietHours[],
): Notice {
  const plannedAt = plusSeconds(at, afterSeconds);
  const dueAt = afterQuiet(quiet, plannedAt);
  return {
    id: `${id}/${personId}/${source}/${method.id}`,
    pageId: id,
    personId,
    kind: method.kind,
    contactMethodId: method.id,
    dueAt,
    isHeldBack: dueAt !== plannedAt,
  };
}

/** In order of time; of several that come to one way at one moment, the first. */
function inTime(notices: readonly Notice[]): readonly Notice[] {
  const first = new Map<string, Notice>();
  for (const notice of notices) {
    const place = `${notice.contactMethodId ?? 'console'} ${notice.dueAt}`;
    if (!first.has(place)) {
      first.set(place, notice);
    }
  }
  return [...first.values()].sort((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)));
}
