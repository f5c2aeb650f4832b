import { describe, expect, it } from 'vitest';
import { parseAcsResource } from '../../../../src/cli/arm/communication.ts';
import { parseHubResource } from '../../../../src/cli/arm/hub-resource.ts';
import { openArm } from '../../../../src/cli/arm/open-arm.ts';
import { findHubResources } from '../../../../src/cli/doctor/azure-hubs.ts';
import { armError, armOk } from '../../../support/arm/arm-answer.ts';
import { clinic } from '../../../support/arm/clinic.ts';
import { healthyAnswers } from '../../../support/arm/healthy-answers.ts';
import { type FakeAnswers, fakeToken, startFakeArm } from '../../../support/arm/start-fake-arm.ts';
import { testTls } from '../../notification-hubs/support/test-tls.ts';

async function open(answers: FakeAnswers = {}) {
  const fake = await startFakeArm({ ...healthyAnswers(), ...answers });
  const scopes: unknown[] = [];
  const arm = await openArm(fake.endpoint, {
    out: () => {},
    err: () => {},
    cwd: '.',
    env: {},
    azure: {
      ca: testTls.cert,
      credential: {
        getToken: async (scope) => {
          scopes.push(scope);
          return { token: fakeToken, expiresOnTimestamp: Date.now() + 3_600_000 };
        },
      },
    },
  });
  return { fake, arm, scopes };
}

const acs = parseAcsResource(clinic.acs) ?? expect.unreachable();
const hub = parseHubResource(clinic.alertHub) ?? expect.unreachable();
const namespaces = armOk({ value: [{ id: `${clinic.namespace}-other` }, { id: clinic.namespace }] });
const configured = (role: 'alert' | 'voip-secondary', host: string) =>
  ({
    role,
    setting: 'NOTIFICATION_HUB_CONNECTION_STRING',
    hub: { connection: { endpoint: `https://${host}`, keyName: 'k', key: 'k' }, hubName: 'clinic-alert' },
  }) as const;

describe('openArm', () => {
  it('uses API versions that have the requested data', async () => {
    const { fake, arm } = await open();
    await arm.communicationService(acs);
    await arm.pnsCredentials(hub);
    await arm.accessRule(hub, 'hub', clinic.keyName);
    await arm.eventSubscriptions(acs);
    expect(
      fake.requests.map(
        ({ line, apiVersion }) => `${apiVersion} ${line.replace(/^(\w+) .*providers/, '$1 ')}`,
      ),
    ).toEqual([
      '2025-09-01 GET /Microsoft.Communication/communicationServices/clinic-acs',
      '2023-10-01-preview POST /Microsoft.NotificationHubs/namespaces/clinic-push/notificationHubs/clinic-alert/pnsCredentials',
      '2017-04-01 GET /Microsoft.NotificationHubs/namespaces/clinic-push/notificationHubs/clinic-alert/AuthorizationRules/relay-send',
      '2022-06-15 GET /Microsoft.EventGrid/eventSubscriptions',
      '2022-06-15 GET /Microsoft.EventGrid/systemTopics',
    ]);
  });

  it('requests a token for the chosen cloud', async () => {
    const { fake, arm, scopes } = await open();
    await arm.hub(hub);
    expect(scopes.flat()).toEqual([`${fake.endpoint}/.default`]);
  });

  it('retries once when Azure fails', async () => {
    const failure = armError(500, 'InternalServerError', 'Try again.');
    const { fake, arm } = await open({ [`GET ${clinic.alertHub}`]: [failure, armOk({}), failure] });
    expect(await arm.hub(hub)).toMatchObject({ kind: 'found' });
    expect(await arm.hub(hub)).toMatchObject({ kind: 'failed' });
    expect(fake.requests).toHaveLength(4);
  });

  it('rejects an untrusted certificate', async () => {
    const fake = await startFakeArm(healthyAnswers());
    const credential = {
      getToken: async () => ({ token: fakeToken, expiresOnTimestamp: Date.now() + 3_600_000 }),
    };
    const io = { out: () => {}, err: () => {}, cwd: '.', env: {}, azure: { credential } };
    const arm = await openArm(fake.endpoint, io);
    expect(await arm.hub(hub)).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('Azure did not respond'),
    });
    expect(fake.requests).toEqual([]);
  });
});

describe('findHubResources', () => {
  it('finds hubs of the settings by the host of their namespace', async () => {
    const { arm } = await open({ [`GET ${clinic.namespaces}`]: namespaces });
    const ours = configured('alert', 'clinic-push.servicebus.windows.net');
    const found = await findHubResources({}, [ours], clinic.subscription, arm);
    expect(found.findings).toEqual([]);
    // Azure spells a resource as it was first written.
    const spelled = armOk({ value: [{ id: clinic.namespace.replace('clinic-push', 'Clinic-Push') }] });
    const other = await open({ [`GET ${clinic.namespaces}`]: spelled });
    const again = await findHubResources({}, [ours], clinic.subscription, other.arm);
    expect(again.hubs.map(({ resource }) => resource.namespace)).toEqual(['Clinic-Push']);
    expect(found.hubs.map(({ resource }) => resource.id)).toEqual([clinic.alertHub]);
  });

  it('reports hubs in another subscription as not checked', async () => {
    const { arm } = await open({ [`GET ${clinic.namespaces}`]: namespaces });
    const ours = configured('voip-secondary', 'ward-push.servicebus.windows.net');
    const { hubs, findings } = await findHubResources({}, [ours], clinic.subscription, arm);
    expect(hubs).toEqual([]);
    expect(findings).toEqual([
      {
        kind: 'could-not-check',
        check: 'hub',
        about: 'clinic-alert',
        why: 'No namespace in the subscription has the address ward-push.servicebus.windows.net.',
        fix: 'Run this command again with --subscription set to the subscription of the secondary hub.',
      },
    ]);
  });

  it('reports hubs as not checked when Azure fails', async () => {
    const { arm } = await open({ [`GET ${clinic.namespaces}`]: armError(403, 'AuthorizationFailed', 'No.') });
    const ours = configured('alert', 'clinic-push.servicebus.windows.net');
    const { findings } = await findHubResources({}, [ours], clinic.subscription, arm);
    expect(findings.map(({ kind, why }) => [kind, why])).toEqual([
      [
        'could-not-check',
        'Could not list the notification namespaces of the subscription: you are not authorized (AuthorizationFailed).',
      ],
    ]);
  });

  it('does not look up hubs without a subscription', async () => {
    const { arm, fake } = await open();
    const ours = configured('alert', 'clinic-push.servicebus.windows.net');
    expect(await findHubResources({}, [ours], undefined, arm)).toEqual({ hubs: [], findings: [] });
    expect(fake.requests).toEqual([]);
  });
});
