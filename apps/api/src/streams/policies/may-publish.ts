import type { Policy, PolicyApproval, PolicyDraft, Refusal } from '@watchfloor/contracts';
import { notYetPossible } from '../not-yet-possible.ts';

type Draft = Pick<PolicyDraft, 'authors' | 'basedOn' | 'settings'>;

/**
 * Whether a person may put a draft into force now.
 *
 * @param personId the one who would publish
 * @param policy the one in force
 * @param isSeparated separation of duties: then nobody publishes a draft that they had a hand in
 * @returns why not, undefined when they may
 */
export function whyNotPublish(
  { authors, basedOn, settings }: Draft,
  personId: string,
  policy: Pick<Policy, 'version'>,
  isSeparated: boolean,
): Refusal | undefined {
  if (basedOn !== policy.version) {
    return {
      refused: 'stale-version',
      because: `the draft was made from version ${basedOn}, and version ${policy.version} is in force by now; compare them and save the draft anew`,
    };
  }
  if (isSeparated && isAuthor(authors, personId)) {
    return { refused: 'needs-another', because: 'you had a hand in this draft: somebody else must publish it' };
  }
  return notYetPossible({ ...settings, version: policy.version });
}

/** Whether somebody looked at a draft who had no hand in it. */
export function approvalOf({ authors }: Pick<Draft, 'authors'>, personId: string): PolicyApproval {
  return isAuthor(authors, personId) ? 'alone' : 'second-person';
}

/**
 * Whether two people stand behind a rollback: whoever rolls back, and whoever else had put the version into force before.
 *
 * @param restored the version that comes into force again; `by` is null for the system
 */
export function approvalOfRollback(
  restored: { readonly by: string | null; readonly approval: PolicyApproval | null },
  personId: string,
): PolicyApproval {
  return restored.approval === 'second-person' || restored.by !== personId ? 'second-person' : 'alone';
}

function isAuthor(authors: Draft['authors'], personId: string): boolean {
  return authors.some(({ id }) => id === personId);
}
