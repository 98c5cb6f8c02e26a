import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Person, Role } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { peopleQuery } from '../api/queries.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import styles from './account.module.css';
import { allRoles, roleWords } from './roles.ts';

interface Props {
  /** Absent for somebody new. */
  readonly person: Person | undefined;
  readonly onClose: () => void;
}

export function PersonDialog({ person, onClose }: Props) {
  const queries = useQueryClient();
  const [email, setEmail] = useState(person?.email ?? '');
  const [name, setName] = useState(person?.name ?? '');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(person?.roles ?? ['reviewer']);
  const save = useMutation({
    mutationFn: () => {
      const secret = password === '' ? {} : { password };
      return person === undefined
        ? call('addPerson', { body: { email, name, roles: [...roles], ...secret } })
        : call('changePerson', { params: { id: person.id }, body: { name, roles: [...roles], ...secret } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
      onClose();
    },
  });
  const toggle = (role: Role) =>
    setRoles(allRoles.filter((other) => (other === role ? !roles.includes(role) : roles.includes(other))));
  return (
    <FormDialog
      title={person === undefined ? 'Add a person' : `Edit ${person.name}`}
      act={person === undefined ? 'Add' : 'Save'}
      sending={save}
      isDisabled={roles.length === 0}
      onClose={onClose}
    >
      <label className={styles.field}>
        Name
        <input required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className={styles.field}>
        Email
        <input
          type="email"
          required
          maxLength={200}
          disabled={person !== undefined}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <label className={styles.field}>
        {person === undefined ? 'Password (10 characters or more)' : 'New password (empty: unchanged)'}
        <input
          type="password"
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          required={person === undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <fieldset className={styles.roles}>
        <legend>Roles</legend>
        {allRoles.map((role) => (
          <label key={role} className={styles.role}>
            <input type="checkbox" checked={roles.includes(role)} onChange={() => toggle(role)} />
            <span>
              {roleWords[role].name} <span className={styles.dim}>{roleWords[role].may}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
