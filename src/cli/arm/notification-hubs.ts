import { type ArmAnswer, type AzureAccess, askArm, clientOptions } from './ask-arm.ts';
import type { HubResource } from './hub-resource.ts';
import { type PnsCredentials, readPnsCredentials } from './pns-credentials.ts';

/** One right of an access policy. */
export type AccessRight = 'Listen' | 'Send' | 'Manage';

/** An access policy (authorization rule) of a hub or a namespace. */
export interface AccessRule {
  readonly name: string;
  readonly rights: readonly AccessRight[];
}

/** Whether a rule belongs to one hub or to all hubs of the namespace. */
export type RuleLevel = 'hub' | 'namespace';

/** Requests about notification hubs. */
export interface NotificationHubsQuestions {
  /** Checks that a hub exists; returns the same hub. */
  readonly hub: (hub: HubResource) => Promise<ArmAnswer<HubResource>>;
  readonly pnsCredentials: (hub: HubResource) => Promise<ArmAnswer<PnsCredentials>>;
  readonly accessRules: (hub: HubResource) => Promise<ArmAnswer<readonly AccessRule[]>>;
  readonly accessRule: (hub: HubResource, level: RuleLevel, rule: string) => Promise<ArmAnswer<AccessRule>>;
  readonly accessKeys: (hub: HubResource, level: RuleLevel, rule: string) => Promise<ArmAnswer<AccessKeys>>;
  /** Resource ids of all namespaces of a subscription. */
  readonly namespaceIds: (subscriptionId: string) => Promise<ArmAnswer<readonly string[]>>;
}

/** The keys of an access policy. All of it is secret. */
interface AccessKeys {
  readonly primaryKey: string;
  readonly secondaryKey: string;
  readonly primaryConnectionString: string;
}

/** Sends requests through `@azure/arm-notificationhubs`, which is loaded with the first one. */
export function askNotificationHubs(access: AzureAccess): NotificationHubsQuestions {
  const open = async (subscriptionId: string, apiVersion?: string) => {
    const { NotificationHubsManagementClient } = await import('@azure/arm-notificationhubs');
    return new NotificationHubsManagementClient(access.credential, subscriptionId, {
      ...clientOptions(access),
      ...(apiVersion === undefined ? {} : { apiVersion }),
    });
  };
  return {
    hub: (hub) =>
      askArm(`read the notification hub ${hub.name}`, async (abortSignal) => {
        const client = await open(hub.subscriptionId);
        await client.notificationHubs.get(hub.resourceGroup, hub.namespace, hub.name, { abortSignal });
        return hub;
      }),
    pnsCredentials: (hub) =>
      askArm(`read the push credentials of ${hub.name}`, async (abortSignal) => {
        const client = await open(hub.subscriptionId, '2023-10-01-preview');
        let body = '';
        // The client's model predates FCM v1 and drops it, so the raw response is parsed.
        await client.notificationHubs.getPnsCredentials(hub.resourceGroup, hub.namespace, hub.name, {
          abortSignal,
          onResponse: ({ bodyAsText }) => {
            body = bodyAsText ?? '';
          },
        });
        return readPnsCredentials(body);
      }),
    accessRules: (hub) =>
      askArm(`list the access policies of ${hub.name}`, async (abortSignal) => {
        const client = await open(hub.subscriptionId);
        const pages = client.notificationHubs.listAuthorizationRules(
          hub.resourceGroup,
          hub.namespace,
          hub.name,
          { abortSignal },
        );
        const rules: AccessRule[] = [];
        for await (const { name = '', rights = [] } of pages) rules.push({ name, rights });
        return rules;
      }),
    accessRule: (hub, level, rule) =>
      askArm(`read the access policy ${rule}`, async (abortSignal) => {
        const client = await open(hub.subscriptionId);
        const { name = rule, rights = [] } =
          level === 'hub'
            ? await client.notificationHubs.getAuthorizationRule(
                hub.resourceGroup,
                hub.namespace,
                hub.name,
                rule,
                { abortSignal },
              )
            : await client.namespaces.getAuthorizationRule(hub.resourceGroup, hub.namespace, rule, {
                abortSignal,
              });
        return { name, rights };
      }),
    accessKeys: (hub, level, rule) =>
      askArm(`read the keys of the access policy ${rule}`, async (abortSignal) => {
        const client = await open(hub.subscriptionId);
        const keys =
          level === 'hub'
            ? await client.notificationHubs.listKeys(hub.resourceGroup, hub.namespace, hub.name, rule, {
                abortSignal,
              })
            : await client.namespaces.listKeys(hub.resourceGroup, hub.namespace, rule, { abortSignal });
        const { primaryKey = '', secondaryKey = '', primaryConnectionString = '' } = keys;
        return { primaryKey, secondaryKey, primaryConnectionString };
      }),
    namespaceIds: (subscriptionId) =>
      askArm('list the notification namespaces of the subscription', async (abortSignal) => {
        const client = await open(subscriptionId);
        const ids: string[] = [];
        for await (const { id = '' } of client.namespaces.listAll({ abortSignal })) ids.push(id);
        return ids;
      }),
  };
}
