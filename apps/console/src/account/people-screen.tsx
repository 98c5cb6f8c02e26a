import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { NotAllowed } from '../parts/not-allowed.tsx';
import { useTitle } from '../parts/title.ts';
import { Keys } from './keys.tsx';
import { OwnPassword } from './own-password.tsx';
import { People } from './people.tsx';
import styles from './people-screen.module.css';

/** Who may do what here, and which models may send. */
export function PeopleScreen() {
  useTitle('People and keys');
  const me = useQuery(meQuery).data;
  if (me === undefined) {
    return null;
  }
  const may = new Set(me.permissions);
  return (
    <main className={styles.screen}>
      <h1>People and keys</h1>
      {me.separationOfDuties ? null : (
        <p className={styles.notice}>
          Separation of duties is off: people who edit rules, keys or people may also decide flags. The record says so.
        </p>
      )}
      {may.has('people.read') ? <People mayEdit={may.has('people.edit')} ownId={me.person.id} /> : null}
      {may.has('keys.read') ? <Keys mayEdit={may.has('keys.edit')} /> : null}
      {may.has('people.read') || may.has('keys.read') ? null : <NotAllowed what="people and keys" />}
      <OwnPassword id={me.person.id} />
    </main>
  );
}
