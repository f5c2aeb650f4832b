import { expect, it, onTestFinished } from 'vitest';
import { setEnvironment } from '../../../../src/local/functions-host/start-functions-host.ts';
import { relayResource } from '../../../../src/telemetry/open-telemetry/start-open-telemetry.ts';

it('is named after the Function App', () => {
  expect(relayResource({ WEBSITE_SITE_NAME: 'func-clinic' }).attributes['service.name']).toBe('func-clinic');
  expect(relayResource({}).attributes['service.name']).toBe('acs-notification-relay');
});

it('is another for each process', () => {
  const { attributes } = relayResource({});
  expect(attributes['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
});

it('has the name and what else the standard settings say', () => {
  const settings = {
    OTEL_SERVICE_NAME: 'relay',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.instance.id=one',
  };
  onTestFinished(setEnvironment(settings));
  expect(relayResource({ WEBSITE_SITE_NAME: 'func-clinic' }).attributes).toMatchObject({
    'service.name': 'relay',
    'deployment.environment.name': 'test',
    'service.instance.id': 'one',
  });
});
