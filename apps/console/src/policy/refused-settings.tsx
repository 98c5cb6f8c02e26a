import { ProblemError } from '../api/problem-error.ts';
import { ErrorNotice } from '../parts/faces.tsx';

/** What the server says against settings, each with the place it is about. */
export function RefusedSettings({ error }: { readonly error: Error }) {
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
