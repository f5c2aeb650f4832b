import { describe, expect, it } from 'vitest';
import { readApnsStorage, readFcmStorage } from '../../../../../src/local/hub-emulator/phones/storage.ts';
import { nowMs } from '../../../../support/judged-push.ts';

const inThirtyDays = 1_797_930_000_000;
const inFourWeeks = 1_797_757_200_000;

describe('how APNs keeps a push', () => {
  it.each([
    ['until apns-expiration', { 'apns-expiration': '1795338030' }, true, 1_795_338_030_000],
    ['not at all with 0', { 'apns-expiration': '0' }, false, 0],
    ['30 days without the header', {}, true, inThirtyDays],
    ['30 days at most', { 'apns-expiration': '2000000000' }, true, inThirtyDays],
    ['30 days when the header cannot be read', { 'apns-expiration': 'soon' }, true, inThirtyDays],
  ])('%s', (_name, headers, stored, expiresAtMs) => {
    expect(readApnsStorage({ ...headers }, nowMs)).toEqual({ stored, expiresAtMs });
  });

  it('under its collapse id', () => {
    expect(readApnsStorage({ 'apns-collapse-id': 'call-1' }, nowMs).collapseId).toBe('call-1');
  });
});

describe('how FCM keeps a message', () => {
  const android = (value: object) => ({ message: { data: {}, android: value } });

  it.each([
    ['for its ttl', android({ ttl: '30s' }), true, 1_795_338_030_000],
    ['for whole seconds of it', android({ ttl: '1.9s' }), true, 1_795_338_001_000],
    ['not at all with 0', android({ ttl: '0s' }), false, 1_795_338_000_000],
    ['not at all with less than a second', android({ ttl: '0.9s' }), false, 1_795_338_000_000],
    ['four weeks without a ttl', android({}), true, inFourWeeks],
    ['four weeks at most', android({ ttl: '9999999s' }), true, inFourWeeks],
    ['four weeks when the ttl cannot be read', android({ ttl: 30 }), true, inFourWeeks],
    ['four weeks when it is no message at all', 'hi', true, inFourWeeks],
  ])('%s', (_name, payload, stored, expiresAtMs) => {
    expect(readFcmStorage(payload, nowMs)).toEqual({ stored, expiresAtMs });
  });

  it.each([
    ['its collapse key', android({ collapse_key: 'chat' }), 'chat'],
    ['the same in camel case', android({ collapseKey: 'chat' }), 'chat'],
    ['the package name for a notification', { message: { notification: {} } }, '(package name)'],
    ['no key for data', android({}), undefined],
    ['no key where it is empty', android({ collapse_key: '' }), undefined],
  ])('under %s', (_name, payload, collapseId) => {
    expect(readFcmStorage(payload, nowMs).collapseId).toBe(collapseId);
  });
});
