import { describe, expect, it } from 'vitest';
import { classifyTransportResult } from '../../../src/notification-hubs/classify-response.ts';

const context = { nowMs: 0, secrets: [] };

describe('classifyTransportResult', () => {
  it('judges an answer by its status', () => {
    expect(
      classifyTransportResult({ kind: 'response', status: 201, headers: {}, body: '' }, context),
    ).toEqual({
      kind: 'accepted',
    });
  });

  it('is unavailable when nothing left', () => {
    expect(classifyTransportResult({ kind: 'not-sent', reason: 'ECONNREFUSED' }, context)).toEqual({
      kind: 'unavailable',
      detail: 'not sent (ECONNREFUSED)',
    });
  });

  it('is unknown when bytes left and no answer came', () => {
    expect(classifyTransportResult({ kind: 'no-answer', reason: 'TIMEOUT' }, context)).toEqual({
      kind: 'unknown',
      detail: 'sent, but no answer (TIMEOUT)',
    });
  });
});
