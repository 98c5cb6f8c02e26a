import type { MigrationInterface } from 'typeorm';
import { Streams20261123000001 } from './migrations/20261123000001-streams.ts';
import { Record20261123000002 } from './migrations/20261123000002-record.ts';
import { Access20261123000003 } from './migrations/20261123000003-access.ts';
import { Flags20261123000004 } from './migrations/20261123000004-flags.ts';
import { AuditDraw20261124000010 } from './migrations/20261124000010-audit-draw.ts';
import { Disparity20261124000011 } from './migrations/20261124000011-disparity.ts';
import { SecondLook20261124000012 } from './migrations/20261124000012-second-look.ts';
import { Steering20261124000020 } from './migrations/20261124000020-steering.ts';
import { Risk20261124000030 } from './migrations/20261124000030-risk.ts';
import { WatchBytes20261124000031 } from './migrations/20261124000031-watch-bytes.ts';

type Migration = new () => MigrationInterface;

/** Every migration, oldest first. A room adds its own line. */
export const migrations: readonly Migration[] = [
  Streams20261123000001,
  Record20261123000002,
  Access20261123000003,
  Flags20261123000004,
  AuditDraw20261124000010,
  Disparity20261124000011,
  SecondLook20261124000012,
  Steering20261124000020,
  Risk20261124000030,
  WatchBytes20261124000031,
];
