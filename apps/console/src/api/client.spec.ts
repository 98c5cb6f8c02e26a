import { describe, expect, it } from '@jest/globals';
import { routes } from '@watchfloor/contracts';
import { requestOf } from './client.ts';
import { endpoints } from './endpoints.ts';
import type { EndpointName } from './endpoints.ts';
import { problemOf, ProblemError, sentenceOf } from './problem-error.ts';

describe('a question to the server', () => {
  it('escapes parameters and leaves out what is not asked', () => {
    expect(requestOf('prediction', { params: { stream: 'a', id: 'x/../y?z#&' } }).url).toBe(
      '/api/v1/predictions/a/x%2F..%2Fy%3Fz%23%26',
    );
    expect(requestOf('flags', { query: { state: 'open', stream: undefined, limit: 5 } }).url).toBe(
      '/api/v1/flags?state=open&limit=5',
    );
    expect(requestOf('streams', {}).url).toBe('/api/v1/streams');
  });

  it('sends a body as JSON', () => {
    expect(requestOf('login', { body: { email: 'a@b.c', password: 'x' } })).toEqual({
      method: 'POST',
      url: '/api/v1/auth/login',
      body: '{"email":"a@b.c","password":"x"}',
    });
  });

  it.each(Object.keys(endpoints) as EndpointName[])('asks %s as the contracts have it', (name) => {
    expect(endpoints[name]).toBe(`${routes[name].method} ${routes[name].path}`);
  });
});

describe('a problem', () => {
  it('is shown in the words of the server', () => {
    const problem = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'the policy is at version 2 by now',
      refused: 'already-settled',
    };
    const error = new ProblemError(problemOf(409, problem));
    expect([error.refused, error.status, sentenceOf(error)]).toEqual([
      'already-settled',
      409,
      'The policy is at version 2 by now.',
    ]);
  });

  it('is made up where a proxy answered something else', () => {
    expect(problemOf(502, '<html>')).toMatchObject({
      status: 502,
      detail: 'The server failed on this; try again shortly.',
    });
  });
});
