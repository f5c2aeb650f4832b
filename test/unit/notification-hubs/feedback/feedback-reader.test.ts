import { describe, expect, it } from 'vitest';
import { judgeFeedbackError } from '../../../../src/notification-hubs/feedback/feedback-reader.ts';

describe('judgeFeedbackError', () => {
  it.each(['ExpiredChannel', 'expiredchannel'])('calls a handle with %s dead', (error) => {
    expect(judgeFeedbackError(error)).toBe('dead');
  });

  it.each(['BadChannel', 'WrongToken', 'WrongChannel'])('only suspects a handle with %s', (error) => {
    expect(judgeFeedbackError(error)).toBe('suspect');
  });

  it.each([
    'AbandonedNotificationMessages',
    'ChannelDisconnected',
    'ChannelThrottled',
    'Dropped',
    'DroppedMessage',
    'InvalidCredentials',
    'InvalidNotificationFormat',
    'InvalidNotificationSize',
    'NoTargets',
    'PnsInterfaceError',
    'PnsServerError',
    'PnsUnavailable',
    'PnsUnreachable',
    'Skipped',
    'Success',
    'Throttled',
    'UnknownError',
    'NotExpiredChannel',
    'toString',
    '',
  ])('concludes nothing from "%s"', (error) => {
    expect(judgeFeedbackError(error)).toBe('other');
  });
});
