import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DraftComparison, Policy, PolicySettings } from '@watchfloor/contracts';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { draftQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { Panel } from '../parts/panel.tsx';
import { ChangeList } from './change-list.tsx';
import { changedPaths, rebased, withAt } from './policy-draft.ts';
import { PolicyInputs } from './policy-inputs.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { RefusedSettings } from './refused-settings.tsx';
import { settingsOf } from './settings-of.ts';
import { WhatIfPanel } from './what-if-panel.tsx';
import styles from './policy.module.css';

interface Props {
  readonly stream: string;
  readonly policy: Policy;
  /** The saved draft to go on with; absent: a new one. */
  readonly id: string | undefined;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}

/** A draft of the next policy: changed, tried on what has been, saved, and published by somebody else. */
export function DraftEditor(props: Props) {
  const { stream, id } = props;
  const saved = useQuery({ ...draftQuery(stream, id ?? ''), enabled: id !== undefined });
  if (saved.isError) return <ErrorNotice error={saved.error} onRetry={() => void saved.refetch()} />;
  if (id !== undefined && saved.data === undefined) return <Loading what="the draft" lines={8} />;
  // What somebody else has saved meanwhile begins a new editor, not a silent change under one's hands.
  return <Editor key={id} {...props} saved={saved.data} />;
}

function Editor({
  stream,
  policy,
  id,
  saved,
  onSaved,
  onClose,
}: Props & { readonly saved: DraftComparison | undefined }) {
  const queries = useQueryClient();
  const inForce = settingsOf(policy);
  const [basedOn, setBasedOn] = useState(saved?.draft.basedOn ?? policy.version);
  const [settings, setSettings] = useState<PolicySettings>(saved?.draft.settings ?? inForce);
  const [note, setNote] = useState(saved?.draft.note ?? '');
  const [isPublishing, setPublishing] = useState(false);
  const set = (path: string, value: unknown) => setSettings((before) => withAt(before, path, value));
  const body = { basedOn, settings, note };
  const forget = () => queries.invalidateQueries({ queryKey: ['policy', stream] });
  const save = useMutation({
    mutationFn: () =>
      saved === undefined
        ? call('addDraft', { params: { stream }, body })
        : call('saveDraft', {
            params: { stream, draft: saved.draft.id },
            body: { ...body, version: saved.draft.version },
          }),
    onSuccess: async (draft) => {
      await forget();
      onSaved(draft.id);
    },
  });
  const discard = useMutation({
    mutationFn: (draft: string) => call('discardDraft', { params: { stream, draft } }),
    onSuccess: async () => {
      onClose();
      await forget();
    },
  });
  const goOn = useMutation({
    mutationFn: () => call('policyVersion', { params: { stream, version: basedOn } }),
    onSuccess: (base) => {
      setSettings(rebased(settingsOf(base), settings, inForce));
      setBasedOn(policy.version);
    },
  });
  const changed = changedPaths(inForce, settings);
  const isSaved =
    saved?.draft.note === note &&
    saved.draft.basedOn === basedOn &&
    changedPaths(saved.draft.settings, settings).length === 0;
  const isStale = basedOn !== policy.version;
  return (
    <div className={styles.editor}>
      <Panel
        title={
          saved === undefined
            ? 'New draft'
            : `Draft, saved ${String(saved.draft.version)} ${saved.draft.version === 1 ? 'time' : 'times'}`
        }
        aside={`made from version ${String(basedOn)}`}
      >
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          {isStale ? (
            <div className={styles.foot}>
              <span className={styles.dim}>Version {policy.version} has come into force since.</span>
              <Button isBusy={goOn.isPending} onClick={() => goOn.mutate()}>
                Put my changes on top of it
              </Button>
            </div>
          ) : null}
          <PolicyInputs settings={settings} onChange={set} />
          <label className={styles.field}>
            What this draft is for
            <input maxLength={1_000} value={note} onChange={(event) => setNote(event.target.value)} />
          </label>
          <ChangeList before={inForce} after={settings} />
          {save.isError ? <RefusedSettings error={save.error} /> : null}
          {goOn.isError ? <ErrorNotice error={goOn.error} /> : null}
          {discard.isError ? <ErrorNotice error={discard.error} what="Not thrown away." /> : null}
          <div className={styles.foot}>
            <span className={styles.dim}>{saved?.refusal ?? ''}</span>
            <Button onClick={onClose}>Close</Button>
            {id === undefined ? null : (
              <Button isBusy={discard.isPending} onClick={() => discard.mutate(id)}>
                Throw away
              </Button>
            )}
            <Button
              type="submit"
              look={isSaved ? 'plain' : 'main'}
              isBusy={save.isPending}
              disabled={isSaved || changed.length === 0}
            >
              Save draft
            </Button>
            <Button
              look={isSaved ? 'main' : 'plain'}
              disabled={!isSaved || isStale || saved.refusal !== null}
              onClick={() => setPublishing(true)}
            >
              Publish
            </Button>
          </div>
        </form>
      </Panel>
      <div className={styles.beside}>
        <WhatIfPanel stream={stream} settings={settings} against={inForce} onChange={set} />
      </div>
      {isPublishing && saved !== undefined ? (
        <PublishDialog
          stream={stream}
          draft={saved.draft}
          next={policy.version + 1}
          changed={changed.length}
          onClose={() => setPublishing(false)}
          onPublished={onClose}
        />
      ) : null}
    </div>
  );
}
