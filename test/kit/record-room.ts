import { DataSource } from 'typeorm';
import { Clock } from '../../apps/api/src/platform/clock/clock.ts';
import { DatabaseAddress } from '../../apps/api/src/platform/database/database-address.ts';
import { dataSourceOptions } from '../../apps/api/src/platform/database/data-source.ts';
import { Work } from '../../apps/api/src/platform/database/work.ts';
import type { EntryDraft } from '../../apps/api/src/record/entry-draft.ts';
import { RecordExport } from '../../apps/api/src/record/record-export.ts';
import { RecordFollower } from '../../apps/api/src/record/record-follower.ts';
import { RecordSequencer } from '../../apps/api/src/record/record-sequencer.ts';
import { RecordService } from '../../apps/api/src/record/record.service.ts';
import { RecordStore } from '../../apps/api/src/record/record-store.ts';
import { WithheldStore } from '../../apps/api/src/record/withheld.store.ts';

/** The record room of one instance, without the rest of the server: several on one database are several instances. */
export interface RecordRoom {
  readonly work: Work;
  readonly record: RecordService;
  readonly exports: RecordExport;
  /** Writes entries in a transaction of their own. */
  append(...drafts: readonly EntryDraft[]): Promise<void>;
  close(): Promise<void>;
}

export async function openRecordRoom(url: string): Promise<RecordRoom> {
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  const work = new Work(dataSource);
  const store = new RecordStore();
  const sequencer = new RecordSequencer(new DatabaseAddress(url));
  const follower = new RecordFollower(work, store, sequencer);
  const withheld = new WithheldStore();
  const record = new RecordService(work, new Clock(), store, withheld, sequencer, follower);
  await follower.onApplicationBootstrap();
  sequencer.onApplicationBootstrap();
  return {
    work,
    record,
    exports: new RecordExport(work, store, withheld, record),
    append: (...drafts) => work.run((tx) => record.append(tx, drafts)),
    close: async () => {
      await sequencer.beforeApplicationShutdown();
      await follower.beforeApplicationShutdown();
      await dataSource.destroy();
    },
  };
}
