import { randomUUID } from 'node:crypto';
import type { Finding } from './conformance/finding.ts';
import { judgePush } from './conformance/push-rules.ts';
import { judgeCall } from './conformance/request-rules.ts';
import { type HubAnswer, hubError } from './hub-answer.ts';
import { type HubCall, type HubRequest, readHubCall } from './hub-call.ts';
import type { HubEmulatorOptions } from './hub-emulator-options.ts';
import type { ReceivedPush, RefusedRequest } from './hub-record.ts';
import type { Phone } from './phones/phone.ts';

/** An answer, and the accepted push or the rejected request. */
type HubResult =
  | { readonly kind: 'push'; readonly push: ReceivedPush; readonly answer: HubAnswer }
  | { readonly kind: 'refused'; readonly request: RefusedRequest; readonly answer: HubAnswer };

export interface HubState extends Pick<HubEmulatorOptions, 'hubs' | 'voipHubs' | 'keys' | 'strict'> {
  readonly phoneOf: (handle: string) => Phone | undefined;
}

/**
 * Decides about a request: first what Notification Hubs checks before it answers (SAS, hub, path, size, headers, payload,
 * in this order), then what it, APNs and FCM would find in the push. Pure except for random ids.
 */
export function answerHubRequest(state: HubState, request: HubRequest, nowMs: number): HubResult {
  const call = readHubCall(state, request, nowMs);
  const refusal = judgeCall(call);
  if (refusal !== undefined) {
    const findings = refusal.finding === undefined ? [] : [refusal.finding];
    return refuse(request, nowMs, refusal.status, refusal.detail, findings);
  }
  const push = readPush(state, request, call, nowMs);
  const breach = state.strict ? push.findings.find(({ severity }) => severity === 'error') : undefined;
  if (breach !== undefined) {
    const detail = `${breach.rule}: ${breach.message} See "${breach.document}".`;
    return refuse(request, nowMs, 400, detail, push.findings);
  }
  const { origin } = new URL(request.url);
  const location = `${origin}/${push.hub}/messages/${push.id}?api-version=${push.apiVersion}`;
  return { kind: 'push', push, answer: { status: 201, headers: { location }, body: '' } };
}

function readPush(state: HubState, request: HubRequest, call: HubCall, nowMs: number): ReceivedPush {
  const { authorization: _secret, ...headers } = request.headers;
  const { apiVersion, deviceHandles = [], hub = '', payload, sas } = call;
  const { body = '' } = request;
  const bodyBytes = Buffer.byteLength(body);
  const format = call.format === 'apple' ? 'apple' : 'fcmv1';
  const findings = judgePush({
    format,
    voipHub: state.voipHubs?.includes(hub) ?? /voip$/i.test(hub),
    deviceHandles,
    headers,
    apiVersion,
    payload,
    bodyBytes,
    phones: deviceHandles.flatMap((handle) => state.phoneOf(handle) ?? []),
    nowMs,
  });
  return {
    id: randomUUID(),
    receivedAtMs: nowMs,
    hub,
    format,
    deviceHandles,
    headers,
    apiVersion,
    keyName: sas.kind === 'valid' ? sas.keyName : '',
    body,
    bodyBytes,
    findings,
    trackingId: randomUUID(),
    status: 201,
  };
}

function refuse(
  { method, url, headers: all, body }: HubRequest,
  receivedAtMs: number,
  status: number,
  detail: string,
  findings: readonly Finding[],
): HubResult {
  const { authorization: _secret, ...headers } = all;
  const { pathname, search } = new URL(url);
  return {
    kind: 'refused',
    request: {
      id: randomUUID(),
      receivedAtMs,
      method,
      path: `${pathname}${search}`,
      status,
      detail,
      trackingId: randomUUID(),
      findings,
      headers,
      ...(body === undefined ? {} : { body }),
    },
    answer: hubError(status, detail),
  };
}
