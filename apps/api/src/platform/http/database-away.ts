import { sqlStateOf } from '../database/work.ts';

/** Node's words for a server that does not answer, or stopped answering. */
const networkCodes: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);
/** PostgreSQL is stopping or starting (57P01-57P05), has no connection left (53300), or the connection broke (class 08). */
const awayStates = /^(?:57P0[1-5]|53300|08...)$/;
/** `pg` gives no code to these. */
const awayMessages =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Whether a query failed because the database cannot be reached, which passes, and is nobody's mistake. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = sqlStateOf(error);
  if (code !== undefined) return isQuery(error) && (awayStates.test(code) || networkCodes.has(code));
  return awayMessages.test(error.message);
}

/** A file that is missing is `ENOENT`, too, and no trouble of the database's. */
function isQuery(error: Error): boolean {
  return !('path' in error);
}
