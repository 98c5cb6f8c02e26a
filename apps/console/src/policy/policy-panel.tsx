import { useQuery } from '@tanstack/react-query';
import type { Policy } from '@watchfloor/contracts';
import type { ReactNode } from 'react';
import { policyQuery } from '../api/queries.ts';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { autonomyWords } from '../stream/autonomy-words.ts';
import { valueAt } from './policy-draft.ts';
import { detectorFields, fieldText, fieldWords, reviewFields } from './policy-fields.ts';
import styles from './policy.module.css';

/** The policy in force. */
export function PolicyPanel({ stream, aside }: { readonly stream: string; readonly aside?: ReactNode }) {
  const policy = useQuery(policyQuery(stream));
  const { data } = policy;
  return (
    <Panel title={`Policy${data === undefined ? '' : ` ${String(data.version)}`}`} aside={aside}>
      {policy.isError ? <ErrorNotice error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {policy.isPending ? <Loading what="the policy" lines={6} /> : null}
      {data === undefined ? null : <PolicyView policy={data} />}
    </Panel>
  );
}

function PolicyView({ policy }: { readonly policy: Policy }) {
  return (
    <div className={styles.view}>
      <dl className={styles.facts}>
        <Fact name="Autonomy" value={`${policy.autonomy}. ${autonomyWords[policy.autonomy]}`} />
        <Fact name="Owner" value={policy.owner ?? 'none'} />
        {policy.description === '' ? null : <Fact name="Description" value={policy.description} />}
        <Fact name="Labels, by answer key" value={policy.labels.length === 0 ? 'as seen' : policy.labels.join(', ')} />
        {reviewFields.map((field) => (
          <Fact key={field.path} name={field.name} value={fieldText(field, valueAt(policy, field.path))} />
        ))}
        <Fact name="Reason on override" value={policy.review.reasonRequired ? 'required' : 'optional'} />
      </dl>
      <table className={styles.detectors}>
        <caption className="visually-hidden">Detectors</caption>
        <thead>
          <tr>
            <th scope="col">Detector</th>
            <th scope="col">Settings</th>
          </tr>
        </thead>
        <tbody>
          {detectorFields.map(({ kind, name, fields }) => (
            <tr key={kind} className={policy.detectors[kind].enabled ? undefined : styles.off}>
              <th scope="row">{name}</th>
              <td>
                {policy.detectors[kind].enabled
                  ? kind === 'rule'
                    ? rulesWords(policy)
                    : fields
                        .filter(({ path }) => valueAt(policy, path) !== null)
                        .map((field) => fieldWords(field, valueAt(policy, field.path)))
                        .join(', ')
                  : 'off'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rulesWords({ detectors }: Policy): string {
  const { rules } = detectors.rule;
  return rules.length === 0 ? 'none' : rules.map(({ name, priority }) => `${name} (${priority})`).join(', ');
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <SafeText text={value} maxLength={2_000} />
      </dd>
    </div>
  );
}
