import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { createHealth } from '../../../src/http/health.ts';
import { httpRequest, wireText } from '../../support/http-request.ts';

const request = httpRequest('GET');
const fine = { name: 'config', check: async () => undefined };

describe('createHealth', () => {
  it('responds with 200 when all checks pass', async () => {
    const health = createHealth({ checks: [fine, { ...fine, name: 'tables' }] });
    expect(await health(request)).toEqual({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      jsonBody: {
        status: 'ok',
        checks: [
          { name: 'config', ok: true },
          { name: 'tables', ok: true },
        ],
      },
    });
  });

  it('responds with 200 when there are no checks', async () => {
    expect(await createHealth({ checks: [] })(request)).toMatchObject({
      status: 200,
      jsonBody: { status: 'ok', checks: [] },
    });
  });

  it('responds with 503 and nothing but codes when checks reject, throw or hang', async () => {
    const error = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'secret' });
    const health = createHealth({
      checks: [
        fine,
        { name: 'tables', check: () => Promise.reject(error) },
        { name: 'hub', check: () => Promise.reject(new Error('secret')) },
        {
          name: 'sync',
          check: () => {
            throw new Error('secret');
          },
        },
        { name: 'slow', check: () => new Promise(() => undefined) },
      ],
      timeoutMs: 1,
    });
    const answer = await health(request);
    expect(answer).toMatchObject({
      status: 503,
      jsonBody: {
        status: 'failing',
        checks: [
          { name: 'config', ok: true },
          { name: 'tables', ok: false, code: 'STORAGE_UNAVAILABLE' },
          { name: 'hub', ok: false, code: 'INTERNAL' },
          { name: 'sync', ok: false, code: 'INTERNAL' },
          { name: 'slow', ok: false, code: 'HEALTH_CHECK_TIMEOUT' },
        ],
      },
    });
    expect(wireText(answer)).not.toContain('secret');
  });
});
