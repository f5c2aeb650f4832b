import { expect, it } from 'vitest';
import { feedbackBlobPrefixes } from '../../../../src/notification-hubs/feedback/feedback-container.ts';

it('names the last days as MMDDYYYY in UTC, today first', () => {
  expect(feedbackBlobPrefixes(Date.UTC(2026, 10, 22, 9), 3)).toEqual(['11222026', '11212026', '11202026']);
  expect(feedbackBlobPrefixes(Date.UTC(2027, 0, 1, 0), 2)).toEqual(['01012027', '12312026']);
  expect(feedbackBlobPrefixes(Date.UTC(2028, 2, 1, 23, 59), 2)).toEqual(['03012028', '02292028']);
});
