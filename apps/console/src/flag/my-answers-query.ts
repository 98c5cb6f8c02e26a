import { queryOptions } from '@tanstack/react-query';
import type { RecordEntry } from '@watchfloor/contracts';
import { call } from '../api/client.ts';
import { isReadable } from '../live/reduce.ts';

type AnswerEntry = RecordEntry<'flag-settled' | 'verdict-superseded'>;

/** The last 20 verdicts that a person gave, newest first. */
export function myAnswersQuery(personId: string) {
  return queryOptions({
    queryKey: ['my-answers', personId],
    queryFn: async ({ signal }) => {
      const query = { kind: 'flag-settled,verdict-superseded', personId, before: Number.MAX_SAFE_INTEGER, limit: 20 };
      const { items } = await call('record', { query }, { signal });
      return items.filter((entry): entry is AnswerEntry => isReadable(entry) && isAnswer(entry));
    },
    staleTime: 0,
  });
}

function isAnswer(entry: RecordEntry): entry is AnswerEntry {
  return entry.kind === 'flag-settled' || entry.kind === 'verdict-superseded';
}
