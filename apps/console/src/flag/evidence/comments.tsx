import type { Comment } from '@watchfloor/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { flagQuery } from '../../api/queries.ts';
import { Age } from '../../parts/age.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorNotice } from '../../parts/faces.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SafeText } from '../../parts/safe-text.tsx';
import styles from './comments.module.css';

interface Props {
  readonly flagId: string;
  readonly comments: readonly Comment[];
  readonly mayComment: boolean;
}

/** What people said about the flag, oldest first. */
export function Comments({ flagId, comments, mayComment }: Props) {
  return (
    <Panel title={comments.length === 0 ? 'Comments' : `Comments (${comments.length})`}>
      <ul className={styles.list}>
        {comments.map((comment) => (
          <li key={comment.id}>
            <p className={styles.who}>
              {comment.by.name}, <Age at={comment.at} /> ago
            </p>
            <p>
              <SafeText text={comment.text} maxLength={4_000} />
            </p>
          </li>
        ))}
      </ul>
      {mayComment ? <Say key={flagId} flagId={flagId} /> : null}
    </Panel>
  );
}

function Say({ flagId }: { readonly flagId: string }) {
  const [text, setText] = useState('');
  const queries = useQueryClient();
  const saying = useMutation({
    mutationFn: (said: string) => call('comment', { params: { id: flagId }, body: { text: said } }),
    onSuccess: (flag) => {
      setText('');
      queries.setQueryData(flagQuery(flagId).queryKey, flag);
    },
  });
  const isEmpty = text.trim() === '';
  return (
    <form
      className={styles.say}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) {
          saying.mutate(text);
        }
      }}
    >
      <label>
        <span className="visually-hidden">Comment</span>
        <textarea
          rows={1}
          maxLength={4_000}
          placeholder="Say something to the others"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={isEmpty} isBusy={saying.isPending}>
        Comment
      </Button>
      {saying.isError ? <ErrorNotice error={saying.error} what="The comment was not kept." /> : null}
    </form>
  );
}
