import { describe, expect, it } from 'vitest';
import {
  feedbackBlobPrefixes,
  parseContainerUrl,
} from '../../../../src/notification-hubs/feedback/feedback-container.ts';

describe('feedbackBlobPrefixes', () => {
  it('names the last days as MMDDYYYY in UTC, today first', () => {
    expect(feedbackBlobPrefixes(Date.UTC(2026, 10, 22, 9), 3)).toEqual(['11222026', '11212026', '11202026']);
    expect(feedbackBlobPrefixes(Date.UTC(2027, 0, 1, 0), 2)).toEqual(['01012027', '12312026']);
    expect(feedbackBlobPrefixes(Date.UTC(2028, 2, 1, 23, 59), 2)).toEqual(['03012028', '02292028']);
  });
});

const azure =
  'https://pushpnsfb1.blob.core.windows.net/00000000000297200840?sv=2014-02-14&sr=c&sig=a%2Bb%3D&sp=rl';
// The answer in "Get Platform Notification Services (PNS) feedback" (Notification Hubs REST reference).
const example =
  'https://pushpnsfb5702abf7f71e31.blob.core.windows.net/00000000000297200840?sv=2014-02-14&sr=c&sig=XXxxxxxxxxxxxxx%xxxx%2xxxxxxxxxxxxxxxxxxxxxxxxxx%3D&se=2015-05-01T00%3A00%3A22Z&sp=rl';
const local = 'http://127.0.0.1:10000/devstoreaccount1/feedback?sv=2014-02-14&sig=a%3D';

describe('parseContainerUrl', () => {
  it.each([
    azure,
    example,
    'https://abc.blob.core.usgovcloudapi.net/container?sig=a',
    'https://abc.blob.core.chinacloudapi.cn/container?sig=a',
  ])('accepts a blob container of Azure: %s', (url) => {
    expect(parseContainerUrl(url, false)).toBe(url);
    expect(parseContainerUrl(`\uFEFF${url}\r\n`, true)).toBe(url);
  });

  it.each([
    local,
    'http://localhost:10000/devstoreaccount1/feedback?sig=a',
    'http://[::1]:10000/feedback?sig=a',
  ])('accepts a container on this machine only for a hub on this machine: %s', (url) => {
    expect(parseContainerUrl(url, true)).toBe(url);
    expect(parseContainerUrl(url, false)).toBeUndefined();
  });

  it.each([
    '',
    'no address',
    '/00000000000297200840?sig=a',
    '"https://abc.blob.core.windows.net/container?sig=a"',
    'http://abc.blob.core.windows.net/container?sig=a',
    'https://abc.blob.core.windows.net/container',
    'https://abc.blob.core.windows.net/container?sign=a',
    'https://abc.blob.core.windows.net/?sig=a',
    'https://abc.blob.core.windows.net/container/blob?sig=a',
    'https://abc.blob.core.windows.net/..%2f..%2fx?sig=a',
    'https://abc.blob.core.windows.net:8443/container?sig=a',
    'https://abc.blob.core.windows.net/container?sig=a#fragment',
    'https://user@abc.blob.core.windows.net/container?sig=a',
    'https://:password@abc.blob.core.windows.net/container?sig=a',
    'https://abc.blob.core.windows.net.example.com/container?sig=a',
    'https://abc.blob.core.windows.net@example.com/container?sig=a',
    'https://example.com/container.blob.core.windows.net?sig=a',
    'https://blob.core.windows.net/container?sig=a',
    'https://a.b.blob.core.windows.net/container?sig=a',
    'https://abc-blob.core.windows.net/container?sig=a',
    'http://169.254.169.254/metadata/identity?sig=a',
    'https://169.254.169.254/metadata?sig=a',
    'http://10.0.0.4/devstoreaccount1/feedback?sig=a',
    'http://127.0.0.1.example.com/devstoreaccount1/feedback?sig=a',
    'https://127.0.0.1/devstoreaccount1/feedback?sig=a',
    'http://127.0.0.1:10000/a/b/c?sig=a',
    'http://0.0.0.0:10000/devstoreaccount1/feedback?sig=a',
    'file:///etc/passwd?sig=a',
    `https://abc.blob.core.windows.net/container?sig=${'a'.repeat(4096)}`,
  ])('rejects any other address: %s', (url) => {
    expect(parseContainerUrl(url, false)).toBeUndefined();
    expect(parseContainerUrl(url, true)).toBeUndefined();
  });
});
