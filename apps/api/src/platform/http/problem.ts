import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import type { Problem, RefusalCode } from '@watchfloor/contracts';
import { refusalStatus } from './refusal-status.ts';
import { Refused } from './refused.ts';
import { isDatabaseAway } from './database-away.ts';

/** How an error leaves the house. */
export interface ProblemAnswer {
  readonly status: number;
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** Someone must look at it: a mistake of ours. */
  readonly isOurFault: boolean;
}

/** Turns whatever was thrown into RFC 9457 problem details. Nothing of an unforeseen error's text gets out. */
export function problemAnswer(error: unknown): ProblemAnswer {
  if (error instanceof Refused) return refusedAnswer(error);
  if (isDatabaseAway(error)) {
    return refusedAnswer(new Refused({ refused: 'not-ready', because: 'the database cannot be reached just now' }));
  }
  const status = clientStatusOf(error);
  if (status !== undefined) return foreignAnswer(status);
  return {
    status: 500,
    problem: {
      type: 'about:blank',
      title: titleOf(500),
      status: 500,
      detail: 'the server made a mistake; its log says more',
    },
    headers: {},
    isOurFault: true,
  };
}

/** Waits that pass by themselves say when to ask again. */
const retryable: ReadonlySet<RefusalCode> = new Set(['too-many-attempts', 'too-busy', 'not-ready']);

function refusedAnswer({ refused, message, retryAfterSeconds, faults }: Refused): ProblemAnswer {
  const status = refusalStatus[refused];
  const wait = retryAfterSeconds ?? (retryable.has(refused) ? 1 : undefined);
  return {
    status,
    problem: {
      type: `urn:watchfloor:refused:${refused}`,
      title: titleOf(status),
      status,
      detail: message,
      refused,
      ...(faults.length === 0 ? {} : { errors: faults.map(({ pointer, reason }) => ({ pointer, reason })) }),
    },
    headers: {
      ...(wait === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(wait))) }),
      // RFC 9110 asks for a challenge; browsers open no box for this scheme.
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="watchfloor"' } : {}),
    },
    isOurFault: false,
  };
}

interface ForeignRefusal {
  readonly refused?: RefusalCode;
  readonly detail: string;
}

/** What Nest, Fastify and Node refuse by themselves, in our words. */
const foreignRefusals: Readonly<Record<number, ForeignRefusal>> = {
  400: { refused: 'malformed', detail: 'the request is malformed' },
  404: { refused: 'not-found', detail: 'there is nothing at this address' },
  405: { detail: 'this address knows other methods' },
  408: { detail: 'the request took too long to arrive' },
  413: { refused: 'too-large', detail: 'the body is too large' },
  414: { refused: 'malformed', detail: 'a part of the address is too long' },
  415: { refused: 'unsupported-content', detail: 'this content type is not taken here' },
  431: { detail: 'the header fields are too large' },
  503: { refused: 'not-ready', detail: 'the server is stopping' },
};

/** @param status 400-499, or 503 */
export function foreignAnswer(status: number): ProblemAnswer {
  const { refused, detail } = foreignRefusals[status] ?? { detail: titleOf(status) };
  if (refused !== undefined && refusalStatus[refused] === status)
    return refusedAnswer(new Refused({ refused, because: detail }));
  return {
    status,
    problem: {
      type: 'about:blank',
      title: titleOf(status),
      status,
      detail,
      ...(refused === undefined ? {} : { refused }),
    },
    headers: {},
    isOurFault: false,
  };
}

function clientStatusOf(error: unknown): number | undefined {
  const status = error instanceof HttpException ? error.getStatus() : statusCodeOf(error);
  return status !== undefined && status >= 400 && status < 500 ? status : undefined;
}

function statusCodeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}
