import { describe, expect, it } from 'vitest';
import { maskRequest, requestText } from '../../../../src/cli/send/dry-run.ts';

const request = {
  url: 'https://contoso.servicebus.windows.net/relay/messages/?direct&api-version=2015-04',
  headers: {
    'servicebusnotification-format': 'apple',
    'servicebusnotification-devicehandle': 'a1'.repeat(32),
    authorization: 'SharedAccessSignature sr=https%3A%2F%2Fc%2F&sig=S3CR%2BET%3D&se=1795338000&skn=Send',
  },
  body: '{"aps":{"alert":"Åsa\u202e"}}',
};

describe('maskRequest', () => {
  it('masks the signature and the handle, and counts bytes instead of characters', () => {
    expect(maskRequest(request)).toEqual({
      method: 'POST',
      url: 'https://contoso.servicebus.windows.net/relay/messages/?direct&api-version=2015-04',
      headers: {
        'servicebusnotification-format': 'apple',
        'servicebusnotification-devicehandle': 'a1a1… (64 characters)',
        authorization: 'SharedAccessSignature sr=https%3A%2F%2Fc%2F&sig=(masked)&se=1795338000&skn=Send',
      },
      body: '{"aps":{"alert":"Åsa\u202e"}}',
      bodyBytes: 27,
      maxBodyBytes: 4096,
    });
  });
});

describe('requestText', () => {
  it('prints the request as it goes over the wire, and escapes what changes the writing direction', () => {
    expect(requestText(maskRequest(request))).toBe(
      `POST https://contoso.servicebus.windows.net/relay/messages/?direct&api-version=2015-04
servicebusnotification-format: apple
servicebusnotification-devicehandle: a1a1… (64 characters)
authorization: SharedAccessSignature sr=https%3A%2F%2Fc%2F&sig=(masked)&se=1795338000&skn=Send

{"aps":{"alert":"Åsa\\u202e"}}

27 of 4,096 bytes
`,
    );
  });
});
