import { Injectable } from '@nestjs/common';
import type { Policy, PolicyApproval, PolicySettings, PolicyVersionRow, PolicyWay } from '@watchfloor/contracts';
import { policySettingsSchema } from '@watchfloor/contracts';
import type { Transaction } from '../../platform/database/work.ts';
import { changedPaths } from '../changed-paths.ts';

/** A version of a policy with those who put it into force. */
export interface KeptVersion {
  readonly policy: Policy;
  readonly by: string | null;
  readonly approval: PolicyApproval | null;
}

interface VersionRow {
  readonly version: number;
  readonly settings: PolicySettings;
  readonly at: Date;
  readonly by_person: string | null;
  readonly name: string | null;
  readonly reason: string | null;
  readonly way: PolicyWay;
  readonly approval: PolicyApproval | null;
  readonly restores: number | null;
}

/** The versions of policies, as they were and by whom. Writing them is the registry's own. */
@Injectable()
export class VersionStore {
  /** Versions below `before`, newest first, each told by what it changed. */
  async page(tx: Transaction, streamId: number, before: number | null, limit: number): Promise<PolicyVersionRow[]> {
    const rows = await tx.query<VersionRow[]>(
      `select version, settings, at, by_person, person.name, reason, way, approval, restores
       from stream_policy policy left join person on person.id = policy.by_person
       where stream_id = $1 and ($2::int is null or version < $2)
       order by version desc limit $3`,
      // One more, to tell what the last one has changed.
      [streamId, before, limit + 1],
    );
    return rows.slice(0, limit).map((row, index) => versionOf(row, rows[index + 1]));
  }

  async find(tx: Transaction, streamId: number, version: number): Promise<KeptVersion | undefined> {
    const [row] = await tx.query<VersionRow[]>(
      'select version, settings, by_person, approval from stream_policy where stream_id = $1 and version = $2',
      [streamId, version],
    );
    if (row === undefined) return undefined;
    const policy = { ...policySettingsSchema.parse(row.settings), version };
    return { policy, by: row.by_person, approval: row.approval };
  }
}

function versionOf(row: VersionRow, earlier: VersionRow | undefined): PolicyVersionRow {
  return {
    version: row.version,
    at: row.at.toISOString(),
    by: row.by_person === null ? null : { id: row.by_person, name: row.name ?? 'somebody' },
    reason: row.reason,
    way: row.way,
    approval: row.approval,
    restores: row.restores,
    changed: earlier === undefined ? [] : changedPaths(earlier.settings, row.settings),
  };
}
