import { answerHubRequest, type HubState } from '../../src/local/hub-emulator/answer-hub-request.ts';
import type { HubRequest } from '../../src/local/hub-emulator/hub-call.ts';
import { nowMs } from './judged-push.ts';
import { sasToken } from './sas-token.ts';

/** A good URL. */
export const hubUrl = 'http://hub.test/relay/messages/?direct&api-version=2015-04';
/** A SAS token of the hub that {@link askHub} asks. */
export const token = (key: string, name: string, lifeSeconds = 60, resource = 'http://hub.test/') =>
  sasToken(resource, key, name, nowMs / 1000 + lifeSeconds);

const good = {
  authorization: token('k', 'Full'),
  'content-type': 'application/json;charset=utf-8',
  'servicebusnotification-format': 'apple',
  'servicebusnotification-devicehandle': '0a',
  'apns-push-type': 'alert',
};

const state: HubState = {
  hubs: ['relay'],
  keys: {
    Full: 'k',
    Sender: { key: 's', rights: ['Send'] },
    Listener: { key: 'l', rights: ['Listen'] },
    Manager: { key: 'm', rights: ['Listen', 'Manage'] },
    Nothing: { key: 'n', rights: [] },
  },
  phoneOf: () => undefined,
};

/** What differs from a good request. */
export interface Question {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** `long` is a body longer than the hub takes. */
  readonly body?: string;
}

/** What a hub with keys of every kind says to a request that is good but for the change. No sockets. */
export function askHub(change: Question, settings: Partial<HubState> = {}) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...good, ...change.headers })) {
    if (value !== undefined) headers[name] = value;
  }
  const body = change.body === 'long' ? undefined : (change.body ?? '{"aps":{"alert":"hi"}}');
  const request: HubRequest = { method: change.method ?? 'POST', url: change.url ?? hubUrl, headers, body };
  return answerHubRequest({ ...state, ...settings }, request, nowMs);
}
