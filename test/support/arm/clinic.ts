/** Names of an invented clinic and what it has in Azure. */
export const clinic = (() => {
  const subscription = '5b0c1f2e-1111-4222-8333-444455556666';
  const group = `/subscriptions/${subscription}/resourceGroups/clinic`;
  const namespace = `${group}/providers/Microsoft.NotificationHubs/namespaces/clinic-push`;
  return {
    subscription,
    acs: `${group}/providers/Microsoft.Communication/communicationServices/clinic-acs`,
    services: `/subscriptions/${subscription}/providers/Microsoft.Communication/communicationServices`,
    namespaces: `/subscriptions/${subscription}/providers/Microsoft.NotificationHubs/namespaces`,
    namespace,
    alertHub: `${namespace}/notificationHubs/clinic-alert`,
    voipHub: `${namespace}/notificationHubs/clinic-voip`,
    app: `${group}/providers/Microsoft.Web/sites/clinic-relay`,
    storage: `${group}/providers/Microsoft.Storage/storageAccounts/clinicstore`,
    systemTopics: `/subscriptions/${subscription}/providers/Microsoft.EventGrid/systemTopics`,
    systemTopic: `${group}/providers/Microsoft.EventGrid/systemTopics/clinic-topic`,
    keyName: 'relay-send',
    key: 'aW52ZW50ZWQta2V5LW9mLXRoZS1jbGluaWM=',
  } as const;
})();
