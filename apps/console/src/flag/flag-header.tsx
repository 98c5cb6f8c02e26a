import type { Flag } from '@watchfloor/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePeople } from '../live/use-live.ts';
import { Age, Moment } from '../parts/age.tsx';
import { PriorityGlyph } from '../parts/priority-glyph.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import styles from './flag-header.module.css';
import { signalWords } from './signal-words.ts';

interface Props {
  readonly flag: Flag;
  readonly me: string;
  /** At the end of the line: the claim's clock, or the flag's state. */
  readonly aside: ReactNode;
}

/** Which flag this is, how urgent, and since when. */
export function FlagHeader({ flag, me, aside }: Props) {
  const { id, version, stream, priority, raisedAt, dueAt, signals, subject } = flag;
  const kinds = [...new Set(signals.map(({ kind }) => kind))];
  const others = usePeople().filter((person) => person.flagId === id && person.id !== me);
  return (
    <header className={styles.header}>
      <PriorityGlyph priority={priority} size={24} withWord />
      <h1 className={styles.title}>
        <Link to="/streams/$stream" params={{ stream }}>
          {stream}
        </Link>
        <span className={styles.kinds}>{kinds.map((kind) => signalWords[kind]).join(', ')}</span>
      </h1>
      <p className={styles.facts}>
        <span>
          raised <Age at={raisedAt} /> ago
        </span>
        {dueAt === undefined ? null : (
          <span>
            due <Moment at={dueAt} />
          </span>
        )}
        <Link to="/flags/$id" params={{ id }} className={styles.id} title={`Flag ${id}, version ${version}`}>
          {id.slice(-8)} v{version}
        </Link>
        {others.length === 0 ? null : <span>{others.map(({ name }) => name).join(', ')} also here</span>}
      </p>
      <div className={styles.aside}>{aside}</div>
      {subject.kind === 'window' ? null : (
        <p className={styles.brief}>
          <SafeText text={signals[0]?.reason ?? ''} maxLength={300} />
        </p>
      )}
    </header>
  );
}
