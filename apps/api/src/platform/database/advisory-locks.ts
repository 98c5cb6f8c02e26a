/**
 * Every advisory lock of ours in one place: two that are the same would wait for each other. The numbers may be any, as long as
 * all instances on a database use the same.
 */
export const advisoryLocks = {
  migrations: 5_270_115_001,
  sequencer: 5_270_115_002,
  firstStart: 5_270_115_003,
  partitions: 5_270_115_004,
  registration: 5_270_115_005,
} as const;

/** The first of the two numbers of a lane's lock; the second is the lane. */
export const laneLockClass = 527_011;
