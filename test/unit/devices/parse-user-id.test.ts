import { describe, expect, it } from 'vitest';
import { parseUserId } from '../../../src/devices/registration.ts';

describe('parseUserId', () => {
  it.each([
    '8:acs:b6aada1f-0b1d-47ac-866f-91aae00a1d01_0000000e-3a1f-9a2b-740a-113a0d00ee0e',
    '8:acs:resource_tenant_user',
    '8:gcch-acs:resource_user',
    '8:dod-acs:resource_tenant_user',
    '8:spool:b6aada1f-0b1d-47ac-866f-91aae00a1d01_0000000e',
    '8:orgid:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '8:gcch:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '8:dod:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '8:teamsvisitor:45ab24811c1c4005be240ffb879b1130',
    '28:orgid:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '28:gcch:45ab2481-1c1c-4005-be24-0ffb879b1130',
    '4:+46701234567',
    '4:112',
    `8:acs:${'x'.repeat(250)}`,
  ])('takes %s as it is', (userId) => {
    expect(parseUserId(userId)).toEqual({ kind: 'valid', userId });
  });

  it.each([
    ['', 'it is empty'],
    [`8:acs:${'x'.repeat(251)}`, 'it has 257 characters, more than 256'],
    ['8:acs:a b', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:a\n', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:a\u0000', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:\ud83d', 'it contains white space, a control character or one of / \\ # ? %'],
    ['4:%2B46701234567', 'it contains white space, a control character or one of / \\ # ? %'],
    ['8:acs:a/../b', 'it contains white space, a control character or one of / \\ # ? %'],
    ['ada', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['acs:b6aada1f_0000', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['8:ACS:b6aada1f_0000', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['8:acs:', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['4:', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['28:unknown:x', 'it is not a Communication Services rawId such as 8:acs:…, 8:orgid:… or 4:+…'],
    ['4:anonymous', 'it is the anonymous caller, whom nobody can push to'],
  ])('refuses %j and says why', (text, problem) => {
    expect(parseUserId(text)).toEqual({
      kind: 'invalid',
      problem: `The user id cannot be used: ${problem}.`,
    });
  });
});
