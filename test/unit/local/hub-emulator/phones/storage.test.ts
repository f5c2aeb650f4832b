import { describe, expect, it } from 'vitest';
import { readApnsStorage, readFcmStorage } from '../../../../../src/local/hub-emulator/phones/storage.ts';
import { nowMs } from '../../../../support/judged-push.ts';

const inThirtyDays = 1_797_930_000_000;
const inFourWeeks = 1_797_757_200_000;

describe('readApnsStorage', () => {
  it.each([
    ['until apns-expiration', { 'apns-expiration': '1795338030' }, true, 1_795_338_030_000],
    ['not at all with 0', { 'apns-expiration': '0' }, false, 0],
    ['for 30 days without the header', {}, true, inThirtyDays],
    ['for at most 30 days', { 'apns-expiration': '2000000000' }, true, inThirtyDays],
    ['for 30 days when the header is malformed', { 'apns-expiration': 'soon' }, true, inThirtyDays],
  ])('stores a push %s', (_name, headers, stored, expiresAtMs) => {
    expect(readApnsStorage({ ...headers }, nowMs)).toEqual({ stored, expiresAtMs });
  });

  it('stores a push under its collapse id', () => {
    expect(readApnsStorage({ 'apns-collapse-id': 'call-1' }, nowMs).collapseId).toBe('call-1');
  });
});

describe('readFcmStorage', () => {
  const android = (value: object) => ({ message: { data: {}, android: value } });

  it.each([
    ['for its ttl', android({ ttl: '30s' }), true, 1_795_338_030_000],
    ['for whole seconds of it', android({ ttl: '1.9s' }), true, 1_795_338_001_000],
    ['not at all with 0', android({ ttl: '0s' }), false, 1_795_338_000_000],
    ['not at all with less than a second', android({ ttl: '0.9s' }), false, 1_795_338_000_000],
    ['for four weeks without a ttl', android({}), true, inFourWeeks],
    ['for at most four weeks', android({ ttl: '9999999s' }), true, inFourWeeks],
    ['for four weeks when the ttl is malformed', android({ ttl: 30 }), true, inFourWeeks],
    ['for four weeks when the payload is not a message', 'hi', true, inFourWeeks],
  ])('stores a message %s', (_name, payload, stored, expiresAtMs) => {
    expect(readFcmStorage(payload, nowMs)).toEqual({ stored, expiresAtMs });
  });

  it.each([
    ['its collapse key', android({ collapse_key: 'chat' }), 'chat'],
    ['the same in camel case', android({ collapseKey: 'chat' }), 'chat'],
    ['the package name for a notification', { message: { notification: {} } }, '(package name)'],
    ['no key for data', android({}), undefined],
    ['no key where it is empty', android({ collapse_key: '' }), undefined],
  ])('stores a message under %s', (_name, payload, collapseId) => {
    expect(readFcmStorage(payload, nowMs).collapseId).toBe(collapseId);
  });
});
