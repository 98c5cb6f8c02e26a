import { Empty } from './faces.tsx';

/** A screen or part that one's roles do not open. */
export function NotAllowed({ what }: { readonly what: string }) {
  return (
    <Empty title={`Your roles do not open ${what}`}>
      <p>An administrator can change roles under People.</p>
    </Empty>
  );
}
