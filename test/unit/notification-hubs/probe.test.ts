import { describe, expect, it } from 'vitest';
import { buildHubProbe, judgeHubAnswer } from '../../../src/notification-hubs/probe.ts';

describe('buildHubProbe', () => {
  it('requests a Direct Send to no device, in a format that does not exist, with a body that is not a payload', () => {
    expect(buildHubProbe('clinic-alert')).toEqual({
      path: '/clinic-alert/messages/?direct&api-version=2015-04',
      headers: {
        'servicebusnotification-format': 'acs-relay-probe',
        'servicebusnotification-tags': 'acs-relay-probe-for-nobody',
        'content-type': 'application/json;charset=utf-8',
      },
      body: '[]',
    });
  });

  it('keeps `direct` with every name a hub can have', () => {
    expect(buildHubProbe('a?b#c/d').path).toBe('/a%3Fb%23c%2Fd/messages/?direct&api-version=2015-04');
  });
});

const answer = (status: number, detail = '', headers: Readonly<Record<string, string>> = {}) =>
  ({
    kind: 'response',
    status,
    headers,
    body: `<Error><Code>${status}</Code><Detail>${detail}</Detail></Error>`,
  }) as const;

describe('judgeHubAnswer', () => {
  it.each([
    ['a refused format', answer(400, 'The format is invalid.'), { kind: 'accepted' }],
    ['no such hub', answer(404), { kind: 'hub-missing' }],
    [
      'a wrong key',
      answer(401, 'InvalidSignature: The token has an invalid signature.'),
      { kind: 'key-refused', detail: 'HTTP 401: InvalidSignature: The token has an invalid signature' },
    ],
    [
      'a token that is over',
      answer(401, 'ExpiredToken: The token is expired.'),
      { kind: 'token-expired', detail: 'HTTP 401: ExpiredToken: The token is expired' },
    ],
    [
      'a missing right',
      answer(401, "Unauthorized access. 'Send' claim(s) are required to perform this operation."),
      {
        kind: 'send-missing',
        detail: 'HTTP 401: Unauthorized access. [redacted] claim(s) are required to perform this operation',
      },
    ],
    [
      'a missing right, said with 403',
      answer(403, 'Send claim is required for this operation.'),
      { kind: 'send-missing', detail: 'HTTP 403: Send claim is required for this operation' },
    ],
    [
      'throttling of old versions',
      answer(403, 'Send claim is required for this operation.', { 'retry-after': '3' }),
      { kind: 'unclear', detail: 'HTTP 403: Send claim is required for this operation' },
    ],
    ['a quota', answer(403, 'Quota exceeded.'), { kind: 'unclear', detail: 'HTTP 403: Quota exceeded' }],
    ['a fault of the hub', answer(503), { kind: 'unclear', detail: 'HTTP 503' }],
    ['a proxy', answer(302), { kind: 'unclear', detail: 'HTTP 302' }],
    [
      'a server that takes everything',
      answer(201),
      { kind: 'unclear', detail: 'it accepted a request that every notification hub rejects' },
    ],
    [
      'no connection',
      { kind: 'not-sent', reason: 'ENOTFOUND' } as const,
      { kind: 'unreachable', reason: 'ENOTFOUND' },
    ],
    [
      'no answer',
      { kind: 'no-answer', reason: 'TIMEOUT' } as const,
      { kind: 'unreachable', reason: 'TIMEOUT' },
    ],
  ])('judges %s', (_what, result, expected) => {
    expect(judgeHubAnswer(result, [])).toEqual(expected);
  });

  it('repeats no secret', () => {
    expect(judgeHubAnswer(answer(401, 'bad key s3cr3t'), ['s3cr3t'])).toEqual({
      kind: 'key-refused',
      detail: 'HTTP 401: bad key [redacted]',
    });
  });
});
