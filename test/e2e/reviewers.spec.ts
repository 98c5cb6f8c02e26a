import { expect, test } from '@jest/globals';
import { isOrderly, measureReviewers } from '../load/reviewers.ts';

test('P6 many reviewers at one queue never hold the same flag, lose none, and each verdict counts once', async () => {
  const report = await measureReviewers({ reviewers: 16, flags: 300, vanishing: 2, waiting: 0 });
  expect({ isOrderly: isOrderly(report), settled: report.settled, report }).toEqual({
    isOrderly: true,
    settled: 300,
    report: expect.anything() as unknown,
  });
}, 120_000);
