import { NotFoundException, UnsupportedMediaTypeException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { problemSchema, refusals } from '@watchfloor/contracts';
import { QueryFailedError } from 'typeorm';
import { problemAnswer } from './problem.ts';
import { orRefuse, Refused } from './refused.ts';

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });
const failedQuery = (cause: Error) => new QueryFailedError('select secret from person', [], cause);

describe('a problem', () => {
  it.each(refusals)('tells %s by its code, a status and a sentence', (refused) => {
    const { status, problem, isOurFault } = problemAnswer(new Refused({ refused, because: 'for a reason' }));
    expect(problemSchema.parse(problem)).toMatchObject({ refused, status, detail: 'for a reason' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(isOurFault).toBe(false);
  });

  it('says when to come back where waiting helps, in whole seconds and never at once', () => {
    const wait = (retryAfterSeconds?: number) =>
      problemAnswer(
        new Refused(
          { refused: 'too-many-attempts', because: 'wait' },
          retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
        ),
      ).headers['retry-after'];
    expect([wait(), wait(0.2), wait(61.4)]).toEqual(['1', '1', '62']);
    expect(
      problemAnswer(new Refused({ refused: 'not-found', because: 'gone' })).headers['retry-after'],
    ).toBeUndefined();
  });

  it.each([
    ['a bug', new TypeError('cannot read secret of undefined')],
    ['a failed query', failedQuery(coded('column "secret" does not exist', '42703'))],
    ['a file that is missing', Object.assign(coded('ENOENT: /etc/secret', 'ENOENT'), { path: '/etc/secret' })],
    ['something that is no error', { secret: 1 }],
    ['nothing', undefined],
  ])('says nothing of %s, which is ours', (_what, error) => {
    const { status, problem, isOurFault } = problemAnswer(error);
    expect([status, isOurFault]).toEqual([500, true]);
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it.each([
    ['refuses connections', coded('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
    ['is stopping', failedQuery(coded('terminating connection due to administrator command', '57P01'))],
    ['is starting', coded('the database system is starting up', '57P03')],
    ['went away', failedQuery(new Error('Connection terminated unexpectedly'))],
    ['has no connection left', new Error('timeout exceeded when trying to connect')],
  ])('asks to come back when the database %s', (_what, error) => {
    const { status, problem, headers, isOurFault } = problemAnswer(error);
    expect([status, problem.refused, headers['retry-after'], isOurFault]).toEqual([503, 'not-ready', '1', false]);
  });

  it('takes over what the framework refuses, in our words', () => {
    expect(problemAnswer(new NotFoundException('Cannot GET /<script>'))).toMatchObject({
      status: 404,
      problem: { refused: 'not-found', detail: 'there is nothing at this address' },
    });
    expect(problemAnswer(new UnsupportedMediaTypeException()).status).toBe(415);
    expect(problemAnswer(Object.assign(new Error('teapot'), { statusCode: 418 })).status).toBe(418);
    expect(problemAnswer(Object.assign(new Error('broken'), { statusCode: 599 })).status).toBe(500);
  });
});

it('passes on what a rule answers, and throws what it refuses', () => {
  expect(orRefuse({ state: 'open' })).toEqual({ state: 'open' });
  expect(orRefuse(7)).toBe(7);
  expect(() => orRefuse({ refused: 'lapsed', because: 'nobody answered in time' })).toThrow('nobody answered in time');
});
