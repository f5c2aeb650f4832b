import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import type { Environment } from '../../config/settings-reader.ts';

/**
 * Who speaks: the Function App's name, and an id of its own for each process, since the counters of two instances must
 * not be taken for one. `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` of the process win.
 */
export function relayResource(env: Environment): Resource {
  const named = resourceFromAttributes({
    'service.name': env['WEBSITE_SITE_NAME'] ?? 'acs-notification-relay',
  });
  const detected = detectResources({ detectors: [serviceInstanceIdDetector, envDetector] });
  return defaultResource().merge(named).merge(detected);
}
