import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { meQuery, policyQuery } from '../api/queries.ts';
import { useKeys } from '../keys/registry.ts';
import { ErrorNotice, Loading } from '../parts/faces.tsx';
import { useTitle } from '../parts/title.ts';
import { DraftEditor } from './draft-editor.tsx';
import { DraftsPanel } from './drafts-panel.tsx';
import { PolicyPanel } from './policy-panel.tsx';
import styles from './policy-screen.module.css';
import { RiskPanel } from './risk-panel.tsx';
import { VersionsPanel } from './versions-panel.tsx';

const route = getRouteApi('/shell/streams/$stream/policy');

/** How a stream is steered: what is promised, what would happen under other settings, and who changed what. */
export function PolicyScreen() {
  const { stream } = route.useParams();
  const { draft } = route.useSearch();
  const navigate = route.useNavigate();
  const policy = useQuery(policyQuery(stream));
  const maySteer = useQuery(meQuery).data?.permissions.includes('streams.steer') === true;
  useTitle(`Policy of ${stream}`);
  const open = (id: string | undefined) => void navigate({ search: { draft: id }, replace: draft !== undefined });
  useKeys('Policy', [
    {
      keys: 'Escape',
      does: draft === undefined ? 'Back to the stream' : 'Close the draft',
      act: () =>
        draft === undefined ? void navigate({ to: '/streams/$stream', params: { stream } }) : open(undefined),
    },
  ]);
  return (
    <main className={styles.screen}>
      <header className={styles.head}>
        <nav aria-label="Path" className={styles.path}>
          <Link to="/watch">Watch</Link> /{' '}
          <Link to="/streams/$stream" params={{ stream }}>
            {stream}
          </Link>{' '}
          /
        </nav>
        <h1>Policy</h1>
      </header>
      {policy.isError ? <ErrorNotice error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {policy.isPending ? <Loading what="the policy" lines={12} /> : null}
      {policy.data === undefined ? null : draft === undefined ? (
        <>
          <RiskPanel stream={stream} />
          <DraftsPanel stream={stream} maySteer={maySteer} onOpen={open} />
          <PolicyPanel stream={stream} />
          <VersionsPanel stream={stream} version={policy.data.version} maySteer={maySteer} />
        </>
      ) : (
        <DraftEditor
          key={draft}
          stream={stream}
          policy={policy.data}
          id={draft === 'new' ? undefined : draft}
          onSaved={open}
          onClose={() => open(undefined)}
        />
      )}
    </main>
  );
}
