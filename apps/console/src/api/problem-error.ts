import type { Problem, RefusalCode } from '@watchfloor/contracts';

/** What the server, or the way to it, answered instead of what was asked for. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** 0 where no answer came at all. */
  get status(): number {
    return this.problem.status;
  }

  get refused(): RefusalCode | undefined {
    return this.problem.refused;
  }
}

/** The sentence to show a person for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return asSentence(error instanceof Error ? error.message : 'Something went wrong in this page');
}

/** The server's reasons are clauses, to stand after a colon or a name; alone they begin and end as sentences do. */
function asSentence(text: string): string {
  const [first = '', ...rest] = text.trim();
  return `${first.toUpperCase()}${rest.join('')}${/[.!?…]$/.test(text.trim()) ? '' : '.'}`;
}

/** What an answer that is not 2xx says, whatever form a proxy on the way may have given it. */
export function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) {
    return body;
  }
  return {
    type: 'about:blank',
    title: `Status ${String(status)}`,
    status,
    detail:
      status >= 500
        ? 'The server failed on this; try again shortly.'
        : `The server answered with status ${String(status)}.`,
  };
}

/** No answer came: the network, the server, or the time allowed for it. */
export function noAnswer(cause: unknown): Problem {
  const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError';
  return {
    type: 'about:blank',
    title: isTimeout ? 'No answer in time' : 'No connection',
    status: 0,
    detail: isTimeout ? 'The server did not answer in time.' : 'The server cannot be reached.',
  };
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'detail' in body &&
    typeof body.detail === 'string' &&
    'status' in body &&
    typeof body.status === 'number'
  );
}
