import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Policy } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { ProblemError } from '../api/problem-error.ts';
import { policyQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { ErrorNotice } from '../parts/faces.tsx';
import { changedPaths, rebased, valueAt, withAt } from './policy-draft.ts';
import { detectorFields, reviewFields } from './policy-fields.ts';
import { NumberInput } from './number-input.tsx';
import { RulesInput } from './rules-input.tsx';
import styles from './policy.module.css';

interface Props {
  readonly stream: string;
  /** The policy that the change is made from. */
  readonly base: Policy;
  readonly onClose: () => void;
}

/** A draft of the next policy. It is saved against the version it came from, so that nobody's change is lost unseen. */
export function PolicyForm({ stream, base: first, onClose }: Props) {
  const queries = useQueryClient();
  const [base, setBase] = useState(first);
  const [draft, setDraft] = useState(first);
  const [reason, setReason] = useState('');
  const set = (path: string, value: unknown) => setDraft((policy) => withAt(policy, path, value));
  const changed = changedPaths(base, draft);
  const save = useMutation({
    mutationFn: () =>
      call('changePolicy', {
        params: { stream },
        body: { ...draft, version: base.version, ...(reason.trim() === '' ? {} : { reason }) },
      }),
    onSuccess: async (policy) => {
      queries.setQueryData(policyQuery(stream).queryKey, policy);
      onClose();
      await queries.invalidateQueries({ queryKey: ['stream', stream] });
    },
  });
  const takeTheirs = useMutation({
    mutationFn: () => call('policy', { params: { stream } }),
    onSuccess: (theirs) => {
      setDraft(rebased(base, draft, theirs));
      setBase(theirs);
      save.reset();
    },
  });
  const isStale = save.error instanceof ProblemError && save.error.refused === 'stale-version';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={styles.grid}>
        <label className={styles.field}>
          Owner
          <input
            maxLength={100}
            value={draft.owner ?? ''}
            onChange={(event) => set('/owner', event.target.value === '' ? null : event.target.value)}
          />
        </label>
        <label className={styles.field}>
          Labels in the order of the answer keys, separated by commas; empty: as seen
          <input value={draft.labels.join(', ')} onChange={(event) => set('/labels', labelsOf(event.target.value))} />
        </label>
        <label className={styles.wideField}>
          Description
          <textarea
            rows={2}
            maxLength={2_000}
            value={draft.description}
            onChange={(event) => set('/description', event.target.value)}
          />
        </label>
        {reviewFields.map((field) => (
          <NumberInput
            key={field.path}
            field={field}
            value={valueAt(draft, field.path)}
            onChange={(value) => set(field.path, value)}
          />
        ))}
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.review.reasonRequired}
            onChange={(event) => set('/review/reasonRequired', event.target.checked)}
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
                checked={draft.detectors[kind].enabled}
                onChange={(event) => set(`/detectors/${kind}/enabled`, event.target.checked)}
              />
              {name}
            </label>
            {fields.map((field) => (
              <NumberInput
                key={field.path}
                field={field}
                value={valueAt(draft, field.path)}
                isOff={!draft.detectors[kind].enabled}
                onChange={(value) => set(field.path, value)}
              />
            ))}
            {kind === 'rule' ? (
              <RulesInput
                rules={draft.detectors.rule.rules}
                onChange={(rules) => set('/detectors/rule/rules', rules)}
              />
            ) : null}
          </div>
        ))}
      </fieldset>
      <label className={styles.field}>
        Why it changes, for the record
        <input maxLength={1_000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {save.isError ? <Refused error={save.error} /> : null}
      {isStale ? (
        <Button isBusy={takeTheirs.isPending} onClick={() => takeTheirs.mutate()}>
          Take the new policy and put my {changed.length} changes on top
        </Button>
      ) : null}
      <div className={styles.foot}>
        <span className={styles.dim}>
          {changed.length === 0
            ? 'Nothing is changed.'
            : `Changes: ${changed.map((path) => path.slice(1).replaceAll('/', ' › ')).join('; ')}`}
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="main" isBusy={save.isPending} disabled={changed.length === 0 || isStale}>
          Save as version {base.version + 1}
        </Button>
      </div>
    </form>
  );
}

function Refused({ error }: { readonly error: Error }) {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return (
    <div>
      <ErrorNotice error={error} what="Not saved." />
      <ul>
        {errors.map(({ pointer, reason }) => (
          <li key={pointer}>
            <code>{pointer}</code> {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Empty pieces stay while one types on after a comma; the last one is dropped when nothing follows it. */
function labelsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/,\s*/);
}
