import { describe, expect, it } from 'vitest';
import type { HubState } from '../../../../src/local/hub-emulator/answer-hub-request.ts';
import { askHub, hubUrl, type Question } from '../../../support/ask-hub.ts';

describe('a strict hub', () => {
  const strict = (headers: Question['headers']) => askHub({ headers: headers ?? {} }, { strict: true });

  it('answers 400 with the first error, its rule and its document, and keeps all findings', () => {
    const result = strict({ 'apns-topic': 'x', 'apns-priority': '7', 'apns-id': '1' });
    const detail =
      'apns-priority: Invalid apns-priority "7". See "Apple: Sending notification requests to APNs".';
    expect(result).toMatchObject({ kind: 'refused', request: { status: 400, detail } });
    const findings = result.kind === 'refused' ? result.request.findings : [];
    expect(findings.map(({ rule }) => rule)).toEqual(['hub-apns-topic', 'apns-priority', 'apns-id']);
    expect(findings.map(({ judge }) => judge)).toEqual(['notification-hubs', 'apns', 'apns']);
  });

  it('accepts a push that has only warnings', () => {
    expect(strict({ 'apns-topic': 'x' })).toMatchObject({
      kind: 'push',
      push: { findings: [{ rule: 'hub-apns-topic', severity: 'warning' }] },
    });
  });
});

describe('the VoIP hubs', () => {
  const judged = (settings: Partial<HubState>, hub: string) => {
    const ring = { headers: { 'apns-push-type': 'voip' }, body: '{"aps":{}}' };
    const result = askHub({ ...ring, url: hubUrl.replace('relay', hub) }, settings);
    return result.kind === 'push' ? result.push.findings.map(({ rule }) => rule) : result.request.detail;
  };

  it('are the configured ones, or else those whose name ends in voip', () => {
    expect(judged({ hubs: ['app-voip'] }, 'app-voip')).toEqual([]);
    expect(judged({ hubs: ['app.VoIP'] }, 'app.voip')).toEqual([]);
    expect(judged({ hubs: ['voip-app'] }, 'voip-app')).toEqual(['apns-voip-topic']);
    expect(judged({ hubs: ['rings'], voipHubs: ['rings'] }, 'RINGS')).toEqual([]);
    expect(judged({ hubs: ['app-voip'], voipHubs: [] }, 'app-voip')).toEqual(['apns-voip-topic']);
  });
});

it('keeps neither the key nor the token of a request', () => {
  const push = askHub({});
  const refusal = askHub({ body: '{' });
  expect(JSON.stringify([push, refusal])).not.toContain('SharedAccessSignature');
  expect(refusal).toMatchObject({
    request: { method: 'POST', path: '/relay/messages/?direct&api-version=2015-04', body: '{' },
  });
});
