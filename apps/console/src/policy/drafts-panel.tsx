import { useQuery } from '@tanstack/react-query';
import { draftsQuery } from '../api/queries.ts';
import { Age } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './drafts-panel.module.css';

interface Props {
  readonly stream: string;
  readonly maySteer: boolean;
  readonly onOpen: (draft: string) => void;
}

/** Policies that are not in force yet. */
export function DraftsPanel({ stream, maySteer, onOpen }: Props) {
  const drafts = useQuery(draftsQuery(stream));
  return (
    <Panel
      title="Drafts"
      aside={maySteer ? <Button onClick={() => onOpen('new')}>New draft</Button> : 'read only'}
      isFlush
    >
      {drafts.isError ? <ErrorNotice error={drafts.error} onRetry={() => void drafts.refetch()} /> : null}
      {drafts.isPending ? <Loading what="the drafts" lines={2} /> : null}
      {drafts.data?.items.length === 0 ? (
        <p className={styles.none}>No draft. A change begins as one: it is tried on what has been, then published.</p>
      ) : (
        <ul className={styles.drafts}>
          {drafts.data?.items.map((draft) => (
            <li key={draft.id}>
              <Button look="quiet" onClick={() => onOpen(draft.id)}>
                <SafeText text={draft.note === '' ? 'without a note' : draft.note} maxLength={120} />
              </Button>
              <span className={styles.by}>
                by <SafeText text={draft.authors.map(({ name }) => name).join(', ')} maxLength={120} />, saved{' '}
                <Age at={draft.savedAt} /> ago, from version {draft.basedOn}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
