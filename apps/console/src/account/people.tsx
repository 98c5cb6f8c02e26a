import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Person } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { peopleQuery } from '../api/queries.ts';
import { Day } from '../parts/age.tsx';
import { Button } from '../parts/button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import type { Column } from '../parts/data-table.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { roleWords } from './roles.ts';
import styles from './account.module.css';

interface Props {
  readonly mayEdit: boolean;
  readonly ownId: string;
}

/** Everybody who may sign in. */
export function People({ mayEdit, ownId }: Props) {
  const people = useQuery(peopleQuery);
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Person | 'new' | null>(null);
  const change = useMutation({
    mutationFn: ({ id, isDisabled }: { readonly id: string; readonly isDisabled: boolean }) =>
      call('changePerson', { params: { id }, body: { isDisabled } }),
    onSettled: () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const columns: readonly Column<Person>[] = [
    {
      key: 'name',
      head: 'Who',
      cell: ({ name, email, isDisabled }) => (
        <>
          {name}
          {isDisabled ? <span className={styles.tag}>disabled</span> : null}
          <br />
          <span className={styles.email}>{email}</span>
        </>
      ),
    },
    { key: 'roles', head: 'Roles', cell: ({ roles }) => roles.map((role) => roleWords[role].name).join(', ') },
    { key: 'since', head: 'Since', cell: ({ createdAt }) => <Day at={createdAt} />, isExtra: true },
    {
      key: 'acts',
      head: <span className="visually-hidden">Acts</span>,
      cell: (person) =>
        mayEdit ? (
          <span className={styles.acts}>
            <Button onClick={() => setEdited(person)} aria-label={`Edit ${person.name}`}>
              Edit
            </Button>
            {person.id === ownId ? null : (
              <Button
                aria-label={`${person.isDisabled ? 'Enable' : 'Disable'} ${person.name}`}
                onClick={() => change.mutate({ id: person.id, isDisabled: !person.isDisabled })}
              >
                {person.isDisabled ? 'Enable' : 'Disable'}
              </Button>
            )}
          </span>
        ) : null,
    },
  ];
  return (
    <Panel
      title="People"
      aside={mayEdit ? <Button onClick={() => setEdited('new')}>Add a person</Button> : undefined}
      isFlush
    >
      {people.isError ? <ErrorNotice error={people.error} onRetry={() => void people.refetch()} /> : null}
      {change.isError ? <ErrorNotice error={change.error} what="Nothing was changed." /> : null}
      {people.isPending ? <Loading what="people" lines={4} /> : null}
      {people.data === undefined ? null : (
        <DataTable caption="People" columns={columns} rows={people.data.items} keyOf={({ id }) => id} />
      )}
      {edited === null ? null : (
        <PersonDialog
          key={edited === 'new' ? 'new' : edited.id}
          person={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}
