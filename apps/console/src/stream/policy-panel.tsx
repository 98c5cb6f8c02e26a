import { useQuery } from '@tanstack/react-query';
import type { Policy } from '@watchfloor/contracts';
import { useState } from 'react';
import { meQuery, policyQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { SafeText } from '../parts/safe-text.tsx';
import { autonomyWords } from './autonomy-words.ts';
import { valueAt } from './policy-draft.ts';
import { detectorFields, fieldText, fieldWords, reviewFields } from './policy-fields.ts';
import { PolicyForm } from './policy-form.tsx';
import styles from './policy.module.css';

/** The policy in force, and the way to change it. */
export function PolicyPanel({ stream }: { readonly stream: string }) {
  const policy = useQuery(policyQuery(stream));
  const mayEdit = useQuery(meQuery).data?.permissions.includes('streams.steer') === true;
  const [isEditing, setEditing] = useState(false);
  const { data } = policy;
  return (
    <Panel
      title={`Policy${data === undefined ? '' : ` ${String(data.version)}`}`}
      aside={
        mayEdit && !isEditing && data !== undefined ? (
          <Button onClick={() => setEditing(true)}>Edit</Button>
        ) : mayEdit ? undefined : (
          'read only'
        )
      }
    >
      {policy.isError ? <ErrorNotice error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {policy.isPending ? <Loading what="the policy" lines={6} /> : null}
      {data === undefined ? null : isEditing ? (
        <PolicyForm stream={stream} base={data} onClose={() => setEditing(false)} />
      ) : (
        <PolicyView policy={data} />
      )}
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
