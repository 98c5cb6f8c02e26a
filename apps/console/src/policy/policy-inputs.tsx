import type { PolicySettings } from '@watchfloor/contracts';
import { NumberInput } from './number-input.tsx';
import { valueAt } from './policy-draft.ts';
import { detectorFields, reviewFields } from './policy-fields.ts';
import { RulesInput } from './rules-input.tsx';
import styles from './policy.module.css';

interface Props {
  readonly settings: PolicySettings;
  /** @param path RFC 6901 */
  readonly onChange: (path: string, value: unknown) => void;
}

/** Everything of a policy that a person may set. */
export function PolicyInputs({ settings, onChange }: Props) {
  return (
    <>
      <div className={styles.grid}>
        <label className={styles.field}>
          Owner
          <input
            maxLength={100}
            value={settings.owner ?? ''}
            onChange={(event) => onChange('/owner', event.target.value === '' ? null : event.target.value)}
          />
        </label>
        <label className={styles.field}>
          Labels in the order of the answer keys, separated by commas; empty: as seen
          <input
            value={settings.labels.join(', ')}
            onChange={(event) => onChange('/labels', labelsOf(event.target.value))}
          />
        </label>
        <label className={styles.wideField}>
          Description
          <textarea
            rows={2}
            maxLength={2_000}
            value={settings.description}
            onChange={(event) => onChange('/description', event.target.value)}
          />
        </label>
        {reviewFields.map((field) => (
          <NumberInput
            key={field.path}
            field={field}
            value={valueAt(settings, field.path)}
            onChange={(value) => onChange(field.path, value)}
          />
        ))}
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={settings.review.reasonRequired}
            onChange={(event) => onChange('/review/reasonRequired', event.target.checked)}
          />
          An override needs a reason
        </label>
      </div>
      <fieldset className={styles.detectorForm}>
        <legend>Detectors</legend>
        {detectorFields.map(({ kind, name, fields }) => (
          <div key={kind} className={styles.detector}>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={settings.detectors[kind].enabled}
                onChange={(event) => onChange(`/detectors/${kind}/enabled`, event.target.checked)}
              />
              {name}
            </label>
            {fields.map((field) => (
              <NumberInput
                key={field.path}
                field={field}
                value={valueAt(settings, field.path)}
                isOff={!settings.detectors[kind].enabled}
                onChange={(value) => onChange(field.path, value)}
              />
            ))}
            {kind === 'rule' ? (
              <RulesInput
                rules={settings.detectors.rule.rules}
                onChange={(rules) => onChange('/detectors/rule/rules', rules)}
              />
            ) : null}
          </div>
        ))}
      </fieldset>
    </>
  );
}

/** Empty pieces stay while one types on after a comma; the last one is dropped when nothing follows it. */
function labelsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/,\s*/);
}
