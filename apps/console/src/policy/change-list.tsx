import type { PolicySettings } from '@watchfloor/contracts';
import { SafeText } from '../parts/safe-text.tsx';
import { changedPaths, valueAt } from './policy-draft.ts';
import styles from './change-list.module.css';

interface Props {
  readonly before: PolicySettings;
  readonly after: PolicySettings;
}

/** What would change, setting by setting. */
export function ChangeList({ before, after }: Props) {
  const paths = changedPaths(before, after);
  if (paths.length === 0) return <p className={styles.none}>Nothing is changed yet.</p>;
  return (
    <dl className={styles.changes} aria-label="Changes">
      {paths.map((path) => (
        <div key={path}>
          <dt>{path.slice(1).replaceAll('/', ' › ')}</dt>
          <dd>
            <del>
              <SafeText text={textOf(valueAt(before, path))} maxLength={200} />
            </del>{' '}
            <span aria-hidden="true">→</span>{' '}
            <ins>
              <SafeText text={textOf(valueAt(after, path))} maxLength={200} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function textOf(value: unknown): string {
  return value === undefined || value === null || value === ''
    ? 'none'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}
