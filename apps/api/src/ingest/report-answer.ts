import type { IngestReport } from '@watchfloor/contracts';
import type { FastifyReply } from 'fastify';
import { problemType } from '../platform/http/problem.filter.ts';
import { problemAnswer } from '../platform/http/problem.ts';
import { Refused } from '../platform/http/refused.ts';

const nothingAccepted = new Refused({ refused: 'nothing-accepted', because: 'none of the items could be accepted' });

/** A report as the answer: a problem that holds the report when nothing at all was of use. */
export function reportAnswer(report: IngestReport, reply: FastifyReply): IngestReport {
  if (report.accepted > 0 || report.duplicates > 0 || report.rejected.length === 0) return report;
  const { status, problem } = problemAnswer(nothingAccepted);
  void reply.code(status).type(problemType);
  return { ...problem, ...report };
}
