import type { Flag, Verdict } from '@watchfloor/contracts';
import { Moment } from '../parts/age.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { figure } from './figure.ts';
import { labelText } from './label-text.ts';
import { reasonFaces } from './answer/reasons.ts';
import styles from './verdicts.module.css';

/** Every answer that was given, the one that stands first; those taken back or replaced are kept and say so. */
export function Verdicts({ flag }: { readonly flag: Flag }) {
  const standing = flag.verdicts.findLast((verdict) => verdict.undoneAt === undefined);
  if (flag.verdicts.length === 0) {
    return null;
  }
  return (
    <Panel title="Answers" isFlush>
      <ul className={styles.list}>
        {flag.verdicts.toReversed().map((verdict) => (
          <li key={verdict.id} className={verdict === standing ? styles.standing : styles.past}>
            <p className={styles.said}>
              <strong>{saidIn(verdict, flag)}</strong> <span>{verdict.verdict}</span>
            </p>
            <p className={styles.who}>
              {verdict.by.name}, <Moment at={verdict.at} withDate />
              {verdict.reason === undefined ? null : <>, {reasonFaces[verdict.reason].words}</>}
            </p>
            {verdict.note === undefined ? null : (
              <p>
                <SafeText text={verdict.note} maxLength={4_000} />
              </p>
            )}
            <p className={styles.who}>{fateOf(verdict, flag, standing)}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function saidIn(verdict: Verdict, { subject }: Flag): string {
  if (subject.kind === 'window') {
    return verdict.verdict === 'confirmed' ? 'all right' : 'something is wrong';
  }
  if (verdict.label !== undefined) {
    return labelText(verdict.label);
  }
  return verdict.value === undefined ? 'not what the model said' : figure(verdict.value);
}

function fateOf(verdict: Verdict, { verdicts }: Flag, standing: Verdict | undefined): string | null {
  if (verdict.undoneAt !== undefined) {
    return 'taken back';
  }
  if (verdict !== standing) {
    return 'replaced by a later answer';
  }
  return verdicts.some(({ id }) => id === verdict.supersedes) ? 'replaces an earlier answer' : null;
}
