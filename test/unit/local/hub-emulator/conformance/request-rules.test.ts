import { describe, expect, it } from 'vitest';
import type { RuleId } from '../../../../../src/local/hub-emulator/conformance/finding.ts';
import { requestRules } from '../../../../../src/local/hub-emulator/conformance/request-rules.ts';
import { askHub, type Question, token, hubUrl as url } from '../../../../support/ask-hub.ts';

const refused: readonly (readonly [RuleId, string, Question, number, string])[] = [
  [
    'hub-sas-token',
    'none',
    { headers: { authorization: undefined } },
    401,
    'MissingToken: the Authorization header must be a SharedAccessSignature.',
  ],
  [
    'hub-sas-token',
    'a bearer token',
    { headers: { authorization: 'Bearer x' } },
    401,
    'MissingToken: the Authorization header must be a SharedAccessSignature.',
  ],
  [
    'hub-sas-signature',
    'another key',
    { headers: { authorization: token('x', 'Full') } },
    401,
    'InvalidSignature: the token has an invalid signature.',
  ],
  [
    'hub-sas-signature',
    'an unknown name',
    { headers: { authorization: token('k', 'Nobody') } },
    401,
    'InvalidSignature: unknown key name.',
  ],
  [
    'hub-sas-expiry',
    'this second',
    { headers: { authorization: token('k', 'Full', 0) } },
    401,
    'ExpiredToken: the token has expired.',
  ],
  [
    'hub-sas-audience',
    'another hub',
    { headers: { authorization: token('k', 'Full', 60, 'http://hub.test/chat') } },
    401,
    'InvalidAudience: the token is for another resource.',
  ],
  [
    'hub-sas-rights',
    'Listen',
    { headers: { authorization: token('l', 'Listener') } },
    401,
    'MissingClaim: the key "Listener" grants Listen; Send is required.',
  ],
  [
    'hub-sas-rights',
    'Listen and Manage',
    { headers: { authorization: token('m', 'Manager') } },
    401,
    'MissingClaim: the key "Manager" grants Listen and Manage; Send is required.',
  ],
  [
    'hub-sas-rights',
    'none',
    { headers: { authorization: token('n', 'Nothing') } },
    401,
    'MissingClaim: the key "Nothing" grants nothing; Send is required.',
  ],
  [
    'hub-name',
    'another',
    { url: url.replace('relay', 'chat') },
    404,
    'Notification hub "chat" does not exist in this namespace.',
  ],
  ['hub-path', 'PUT', { method: 'PUT' }, 404, 'Unknown path.'],
  ['hub-path', 'an item', { url: url.replace('messages/', 'messages/1') }, 404, 'Unknown path.'],
  ['hub-path', 'a batch', { url: url.replace('messages/', 'messages/$batch') }, 404, 'Unknown path.'],
  ['hub-path', 'registrations', { url: url.replace('messages/', 'registrations') }, 404, 'Unknown path.'],
  ['hub-path', 'a broken escape', { url: url.replace('messages/', '%zz') }, 404, 'Unknown path.'],
  [
    'hub-direct',
    'none',
    { url: url.replace('direct&', '') },
    400,
    'The emulator supports only Direct Send: the query must have the parameter "direct".',
  ],
  ['hub-request-size', 'too long', { body: 'long' }, 413, 'The request is larger than 64 KB.'],
  [
    'hub-format',
    'none',
    { headers: { 'servicebusnotification-format': undefined } },
    400,
    'The ServiceBusNotification-Format header is missing.',
  ],
  [
    'hub-format',
    'gcm',
    { headers: { 'servicebusnotification-format': 'gcm' } },
    400,
    'Unsupported ServiceBusNotification-Format "gcm". The emulator supports apple and fcmv1.',
  ],
  [
    'hub-device-handle',
    'none',
    { headers: { 'servicebusnotification-devicehandle': undefined } },
    400,
    'The ServiceBusNotification-DeviceHandle header is missing.',
  ],
  [
    'hub-device-handle',
    'empty',
    { headers: { 'servicebusnotification-devicehandle': '' } },
    400,
    'The ServiceBusNotification-DeviceHandle header is missing.',
  ],
  [
    'hub-content-type',
    'a text',
    { headers: { 'content-type': 'text/plain' } },
    400,
    'The Content-Type must be application/json;charset=utf-8.',
  ],
  [
    'hub-payload-json',
    'broken',
    { body: '{' },
    400,
    'The supplied notification payload is invalid: it is not JSON.',
  ],
];

describe('answerHubRequest', () => {
  it.each(refused)('rejects by %s: %s', (rule, _name, change, status, message) => {
    const result = askHub(change);
    expect(result).toMatchObject({
      kind: 'refused',
      answer: { status },
      request: {
        status,
        detail: message,
        findings: [{ rule, severity: 'error', judge: 'notification-hubs', message }],
      },
    });
    expect(result.kind === 'refused' && result.request.findings).toHaveLength(1);
  });

  it('has a case for every rule', () => {
    const ids = [...requestRules.any, ...requestRules.push].map(({ id }) => id);
    expect([...new Set(refused.map(([rule]) => rule))].sort()).toEqual(ids.sort());
  });

  it.each<[string, Question]>([
    ['a key that may only send', { headers: { authorization: token('s', 'Sender') } }],
    ['the hub in capitals', { url: url.replace('relay', 'RELAY') }],
    ['direct with a value', { url: url.replace('direct', 'direct=true') }],
    [
      'the format of the documentation',
      { headers: { 'servicebusnotification-format': 'fcmV1' }, body: '{"message":{}}' },
    ],
    ['a content type without charset', { headers: { 'content-type': 'application/json' } }],
  ])('accepts %s', (_name, change) => {
    expect(askHub(change)).toMatchObject({ kind: 'push', push: { findings: [], status: 201 } });
  });

  it('checks token and hub before it reports a limit of the emulator', () => {
    const get = { method: 'GET', url: 'http://hub.test/relay/feedbackcontainer' };
    expect(askHub({ ...get, headers: { authorization: undefined } })).toMatchObject({
      answer: { status: 401 },
    });
    expect(askHub({ ...get, url: 'http://hub.test/chat/feedbackcontainer' })).toMatchObject({
      answer: { status: 404 },
    });
  });

  it.each([
    ['feedbackcontainer', 501, 'The emulator does not provide push service feedback.'],
    ['messages/1', 404, 'The emulator does not keep notification telemetry.'],
  ])('reports a limit of the emulator, not a finding, for GET %s', (path, status, detail) => {
    const result = askHub({
      method: 'GET',
      url: `http://hub.test/relay/${path}?api-version=2016-07`,
      headers: { authorization: token('l', 'Listener') },
    });
    expect(result).toMatchObject({ kind: 'refused', request: { status, detail, findings: [] } });
  });
});
