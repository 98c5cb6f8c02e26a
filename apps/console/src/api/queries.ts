import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { RecordPerson, RecordQuery, WhatIfState } from '@watchfloor/contracts';
import { call } from './client.ts';
import type { Asked } from './client.ts';

const minuteMs = 60_000;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call('me', {}, { signal }),
  staleTime: 5 * minuteMs,
});

/** All streams as tiles show them; ticks and entries keep them fresh in between. */
export const streamsQuery = queryOptions({
  queryKey: ['streams'],
  queryFn: ({ signal }) => call('streams', { query: { limit: 500 } }, { signal }),
  staleTime: 5_000,
  refetchInterval: 30_000,
});

export function streamQuery(stream: string) {
  return queryOptions({
    queryKey: ['stream', stream],
    queryFn: ({ signal }) => call('stream', { params: { stream } }, { signal }),
    staleTime: 5_000,
    refetchInterval: 30_000,
  });
}

/** @param backMinutes how far back from now, at most 1,500 */
export function minutesQuery(stream: string, backMinutes: number) {
  return queryOptions({
    queryKey: ['minutes', stream, backMinutes],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - backMinutes * minuteMs).toISOString();
      return call('minutes', { params: { stream }, query: { from } }, { signal });
    },
    staleTime: 30_000,
    refetchInterval: minuteMs,
  });
}

/** What is usual for a stream changes slowly and is asked for by every tile: kept for ten minutes. */
export function usualQuery(stream: string) {
  return queryOptions({
    queryKey: ['usual', stream],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - 120 * minuteMs).toISOString();
      return call('minutes', { params: { stream }, query: { from } }, { signal });
    },
    staleTime: 10 * minuteMs,
    refetchInterval: (query) => ((query.state.data?.items.length ?? 0) < 10 ? minuteMs : 10 * minuteMs),
  });
}

export function streamPredictionsQuery(stream: string) {
  return queryOptions({
    queryKey: ['stream-predictions', stream],
    queryFn: ({ signal }) => call('streamPredictions', { params: { stream }, query: { limit: 200 } }, { signal }),
    staleTime: Infinity,
  });
}

export function predictionQuery(stream: string, id: string) {
  return queryOptions({
    queryKey: ['prediction', stream, id],
    queryFn: ({ signal }) => call('prediction', { params: { stream, id } }, { signal }),
    staleTime: 10_000,
  });
}

export function policyQuery(stream: string) {
  return queryOptions({
    queryKey: ['policy', stream],
    queryFn: ({ signal }) => call('policy', { params: { stream } }, { signal }),
    staleTime: 10_000,
  });
}

/** Which features and segments differ in a window; what it compares is over, so it hardly changes. */
export function differsQuery(stream: string, query: NonNullable<Asked<'differs'>['query']>) {
  return queryOptions({
    queryKey: ['differs', stream, query],
    queryFn: ({ signal }) => call('differs', { params: { stream }, query }, { signal }),
    staleTime: minuteMs,
  });
}

export function riskQuery(stream: string) {
  return queryOptions({
    queryKey: ['risk', stream],
    queryFn: ({ signal }) => call('streamRisk', { params: { stream } }, { signal }),
    staleTime: 5_000,
    refetchInterval: 30_000,
  });
}

export function draftsQuery(stream: string) {
  return queryOptions({
    queryKey: ['policy', stream, 'drafts'],
    queryFn: ({ signal }) => call('policyDrafts', { params: { stream } }, { signal }),
    staleTime: 5_000,
  });
}

/** A draft beside the policy in force. */
export function draftQuery(stream: string, draft: string) {
  return queryOptions({
    queryKey: ['policy', stream, 'drafts', draft],
    queryFn: ({ signal }) => call('policyDraft', { params: { stream, draft } }, { signal }),
    staleTime: 0,
  });
}

export function policyVersionsQuery(stream: string) {
  return queryOptions({
    queryKey: ['policy', stream, 'versions'],
    queryFn: ({ signal }) => call('policyVersions', { params: { stream }, query: { limit: 50 } }, { signal }),
    staleTime: 5_000,
  });
}

/** A what-if as it goes; asked for twice a second until it ends. */
export function whatIfQuery(stream: string, run: string) {
  return queryOptions({
    queryKey: ['what-if', stream, run],
    queryFn: ({ signal }) => call('whatIf', { params: { stream, run } }, { signal }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.state) ? 500 : false),
    staleTime: 0,
  });
}

function isUnderWay(state: WhatIfState | undefined): boolean {
  return state === undefined || state === 'waiting' || state === 'running';
}

export function flagsQuery(query: NonNullable<Asked<'flags'>['query']>) {
  return queryOptions({
    queryKey: ['flags', query],
    queryFn: ({ signal }) => call('flags', { query }, { signal }),
    staleTime: 5_000,
  });
}

export function flagQuery(id: string) {
  return queryOptions({
    queryKey: ['flag', id],
    queryFn: ({ signal }) => call('flag', { params: { id } }, { signal }),
    staleTime: 2_000,
  });
}

/** The record, newest first, page by page into the past. */
export function recordQuery(query: Omit<RecordQuery, 'after' | 'before' | 'limit'>) {
  return infiniteQueryOptions({
    queryKey: ['record', query],
    queryFn: ({ signal, pageParam }) =>
      call('record', { query: { ...query, limit: 200, before: pageParam } }, { signal }),
    initialPageParam: Number.MAX_SAFE_INTEGER,
    getNextPageParam: (page) => (page.next === undefined ? undefined : page.items.at(-1)?.number),
    staleTime: 5_000,
  });
}

/** Everybody whose entries one may see, by name; of more than five thousand people, the first. */
export const recordPeopleQuery = queryOptions({
  queryKey: ['record-people'],
  queryFn: async ({ signal }) => {
    const people: RecordPerson[] = [];
    let after: string | undefined;
    do {
      const query = after === undefined ? { limit: 500 } : { limit: 500, after };
      const page = await call('recordPeople', { query }, { signal });
      people.push(...page.items);
      after = page.next;
    } while (after !== undefined && people.length < 5_000);
    return people;
  },
  staleTime: minuteMs,
});

export function recordEntryQuery(number: number) {
  return queryOptions({
    queryKey: ['record-entry', number],
    queryFn: ({ signal }) => call('recordEntry', { params: { number } }, { signal }),
    staleTime: Infinity,
  });
}

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => call('people', { query: { limit: 500 } }, { signal }),
  staleTime: 10_000,
});

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => call('keys', { query: { limit: 500 } }, { signal }),
  staleTime: 10_000,
});
