import { describe, expect, it } from 'vitest';
import { startTestHub } from '../../../support/start-test-hub.ts';

const multipart = 'multipart/mixed; boundary = "b-1"';
const batchPath = '/relay/messages/$batch?direct&api-version=2015-08';

function parts(notification: string | undefined, devices: string | undefined, lineEnd = '\r\n'): string {
  const part = (name: string, content: string | undefined) =>
    content === undefined
      ? []
      : ['--b-1', 'Content-Type: application/json', `Content-Disposition: inline; name=${name}`, '', content];
  return [...part('notification', notification), ...part('devices', devices), '--b-1--'].join(lineEnd);
}

const sendBatch = async (body: string, contentType = multipart, path = batchPath) => {
  const hub = await startTestHub();
  const headers = { 'content-type': contentType, 'servicebusnotification-devicehandle': undefined };
  return { hub, response: await hub.send({ path, headers, body }) };
};

describe('a batch to the hub emulator', () => {
  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
  ])('takes one body for many handles, lines ending in %s', async (_name, lineEnd) => {
    const { hub, response } = await sendBatch(parts('{"aps":{}}', '["t1","t2"]', lineEnd));
    expect(response.status).toBe(201);
    expect(hub.pushes.list()).toMatchObject([
      { batch: true, deviceHandles: ['t1', 't2'], body: '{"aps":{}}', bodyBytes: 10, apiVersion: '2015-08' },
    ]);
  });

  it('takes an unquoted boundary, a quoted name and an escaped $batch', async () => {
    const body = parts('{"aps":{}}', '["t1"]').replace('name=devices', 'name="devices"');
    const path = '/relay/messages/%24batch?direct&api-version=2015-08';
    const { response } = await sendBatch(body, 'multipart/mixed; boundary=b-1', path);
    expect(response.status).toBe(201);
  });

  it('ignores what stands before the first and after the last boundary', async () => {
    const extra = parts(undefined, '["late"]');
    const { hub } = await sendBatch(`preamble\r\n${parts('{"aps":{}}', '["t1"]')}\r\n${extra}`);
    expect(hub.pushes.list()[0]?.deviceHandles).toEqual(['t1']);
  });

  const thousand = JSON.stringify(Array.from({ length: 1000 }, (_, index) => `t${index}`));
  const tooMany = JSON.stringify(Array.from({ length: 1001 }, (_, index) => `t${index}`));

  it('takes 1,000 handles', async () => {
    const { hub, response } = await sendBatch(parts('{"aps":{}}', thousand));
    expect(response.status).toBe(201);
    expect(hub.pushes.list()[0]?.deviceHandles).toHaveLength(1000);
  });

  it.each([
    [
      'no boundary',
      'multipart/mixed',
      parts('{}', '["t"]'),
      'The Content-Type must be multipart/mixed with a boundary.',
    ],
    ['no devices', multipart, parts('{}', undefined), 'The part "devices" must be a JSON array'],
    ['no handle', multipart, parts('{}', '[]'), 'The part "devices" must be a JSON array'],
    ['1,001 handles', multipart, parts('{}', tooMany), 'The part "devices" must be a JSON array'],
    ['single quotes', multipart, parts('{}', "['t']"), 'The part "devices" must be a JSON array'],
    ['no notification', multipart, parts(undefined, '["t"]'), 'The part "notification" is missing.'],
    [
      'a broken payload',
      multipart,
      parts('{', '["t"]'),
      'The supplied notification payload is invalid: it is not JSON.',
    ],
    [
      'another boundary',
      'multipart/mixed; boundary=other',
      parts('{}', '["t"]'),
      'The part "devices" must be a JSON array',
    ],
  ])('answers 400 to %s', async (_name, contentType, body, detail) => {
    const { hub, response } = await sendBatch(body, contentType);
    expect(response.status).toBe(400);
    expect((await response.text()).replaceAll('&quot;', '"')).toContain(detail);
    expect(hub.pushes.list()).toEqual([]);
  });
});
