// Everything the relay needs, in one resource group, except the event subscriptions: they name Functions, which exist
// only after the code is deployed. They follow in event-subscriptions.bicep. docs/deploy.md explains both steps.
targetScope = 'resourceGroup'

@description('Name of this deployment. Another name in the same resource group creates a second relay.')
@minLength(1)
@maxLength(64)
param environmentName string = 'relay'

@description('Region of all regional resources. Flex Consumption must be available there.')
param location string = resourceGroup().location

// --- Push credentials ---

@secure()
@description('APNs token key: the text of the .p8 file of your Apple developer account. Empty: no iPhones.')
param apnsKey string

@description('Key ID of that key: 10 characters.')
param apnsKeyId string = ''

@description('Team ID of your Apple developer account: 10 characters.')
param apnsTeamId string = ''

@description('Bundle ID of the iOS app.')
param apnsBundleId string = ''

@description('sandbox is for builds that Xcode installs; production is for TestFlight and the App Store.')
@allowed(['production', 'sandbox'])
param apnsEnvironment string = 'production'

@description('Whether calls ring through CallKit, by a second hub whose topic is the bundle ID with .voip.')
param voip bool = true

@secure()
@description('FCM v1: the text of the JSON key file of a service account of your Firebase project. Empty: no Android phones.')
param fcmServiceAccount string

@description('Which of the two keys of each hub the relay uses. Change it before you regenerate the one in use.')
@allowed(['primary', 'secondary'])
param hubKeySlot string = 'primary'

@description('Region of a secondary hub, which is used while the primary fails. Empty: none.')
param secondaryLocation string = ''

// --- Azure Communication Services ---

@description('Resource ID of an existing ACS resource in this subscription. Empty: a new one is created.')
param acsResourceId string = ''

@description('Where a new ACS resource keeps its data. It cannot be changed later.')
param acsDataLocation string = 'Europe'

@description('Name of the Event Grid system topic that an existing ACS resource already has; it can have only one. Empty: a new one is created.')
param systemTopicName string = ''

// --- Operation ---

@description('Address that alerts are mailed to. Empty: they only show in the portal.')
param alertEmail string = ''

@description('A ring is slow when it takes longer than this from its event to the response of the hub, in milliseconds.')
@minValue(500)
param slowRingMs int = 5000

@description('Object ID of the user or group that reads and redrives dead letters and manages devices from the command line. Empty: none.')
param operatorPrincipalId string = ''

@description('Kind of that principal.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Days after which dead letters are deleted. They contain message text.')
@minValue(1)
@maxValue(3650)
param deadLetterDays int = 90

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Memory of one instance: 512, 2048 or 4096.')
param instanceMemoryMB int = 2048

@description('Maximum number of instances of the app.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Always-ready instances for calls. 0 saves their cost, but a ring may wait for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyForCalls int = 1

@description('Always-ready instances for chat. With 0, the first message after a quiet period may be minutes late.')
@minValue(0)
@maxValue(20)
param alwaysReadyForChat int = 0

@description('Whether a deleted key vault is kept until its retention ends. Until then its name cannot be reused.')
param keyVaultPurgeProtection bool = false

// --- Settings of the relay: docs/settings.md ---

@minValue(5)
@maxValue(120)
param ringSeconds int = 30

@minValue(60)
@maxValue(2419200)
param chatTtlSeconds int = 86400

@allowed(['full', 'sender', 'none'])
param chatContent string = 'full'

param defaultLocale string = 'en'

@minValue(1)
@maxValue(3650)
param deviceTtlDays int = 180

@minValue(1)
@maxValue(100)
param devicesPerUser int = 25

param deviceApiIssuer string = ''
param deviceApiAudience string = ''
param deviceApiJwksUrl string = ''
param deviceApiUserClaim string = ''
param eventsEntraTenantId string = ''
param eventsEntraAudience string = ''
param logUserIds bool = false

// Names that must be globally unique carry this token, which is the same in every deployment.
var token = uniqueString(subscription().id, resourceGroup().id, environmentName)
var tags = { 'azd-env-name': environmentName }

var hubName = 'relay'
var voipHubName = 'relay-voip'
var withVoip = voip && !empty(apnsKey)
var withSecondary = !empty(secondaryLocation)
var apns = {
  key: apnsKey
  keyId: apnsKeyId
  teamId: apnsTeamId
  bundleId: apnsBundleId
  endpoint: apnsEnvironment == 'production'
    ? 'https://api.push.apple.com:443/3/device'
    : 'https://api.development.push.apple.com:443/3/device'
}

var newAcsName = 'acs-${token}'
var acsId = empty(acsResourceId)
  ? resourceId('Microsoft.Communication/communicationServices', newAcsName)
  : acsResourceId
var acsResourceGroup = empty(acsResourceId) ? resourceGroup().name : split(acsResourceId, '/')[4]

module identity 'modules/identity.bicep' = {
  name: 'relay-identity'
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'relay-monitoring'
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: 'appi-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'relay-storage'
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    deadLetterDays: deadLetterDays
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

module keyVault 'modules/key-vault.bicep' = {
  name: 'relay-key-vault'
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    purgeProtection: keyVaultPurgeProtection
    appPrincipalId: identity.outputs.principalId
  }
}

module hubs 'modules/notification-hubs.bicep' = {
  name: 'relay-hubs'
  params: {
    namespaceName: 'nhns-${token}'
    location: location
    tags: tags
    hubName: hubName
    voipHubName: voipHubName
    voip: withVoip
    apns: apns
    fcmServiceAccount: fcmServiceAccount
    keySlot: hubKeySlot
    keyVaultName: keyVault.outputs.name
    connectionStringPrefix: 'hub'
  }
}

module secondaryHubs 'modules/notification-hubs.bicep' = if (withSecondary) {
  name: 'relay-hubs-secondary'
  params: {
    namespaceName: 'nhns2-${token}'
    location: secondaryLocation
    tags: tags
    hubName: hubName
    voipHubName: voipHubName
    voip: withVoip
    apns: apns
    fcmServiceAccount: fcmServiceAccount
    keySlot: hubKeySlot
    keyVaultName: keyVault.outputs.name
    connectionStringPrefix: 'hub-secondary'
  }
}

module functionApp 'modules/function-app.bicep' = {
  name: 'relay-function-app'
  params: {
    planName: 'plan-${token}'
    name: 'func-relay-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'relay' })
    identityId: identity.outputs.id
    packageContainerUri: storage.outputs.packageContainerUri
    alwaysReadyForCalls: alwaysReadyForCalls
    alwaysReadyForChat: alwaysReadyForChat
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    settings: {
      // Settings of the Functions host. Flex Consumption rejects FUNCTIONS_… and WEBSITE_… settings.
      AzureWebJobsStorage__accountName: storage.outputs.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.outputs.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'

      // Settings of the relay. An empty value means not set.
      NOTIFICATION_HUB_CONNECTION_STRING: '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/hub-alert)'
      NOTIFICATION_HUB_NAME: hubName
      NOTIFICATION_HUB_VOIP_CONNECTION_STRING: withVoip
        ? '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/hub-voip)'
        : ''
      NOTIFICATION_HUB_VOIP_NAME: withVoip ? voipHubName : ''
      NOTIFICATION_HUB_SECONDARY_CONNECTION_STRING: withSecondary
        ? '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/hub-secondary-alert)'
        : ''
      NOTIFICATION_HUB_SECONDARY_NAME: withSecondary ? hubName : ''
      NOTIFICATION_HUB_VOIP_SECONDARY_CONNECTION_STRING: withSecondary && withVoip
        ? '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/hub-secondary-voip)'
        : ''
      NOTIFICATION_HUB_VOIP_SECONDARY_NAME: withSecondary && withVoip ? voipHubName : ''
      RELAY_STORAGE__tableServiceUri: storage.outputs.tableUri
      RELAY_STORAGE__blobServiceUri: storage.outputs.blobUri
      RELAY_STORAGE__clientId: identity.outputs.clientId
      RING_SECONDS: string(ringSeconds)
      CHAT_TTL_SECONDS: string(chatTtlSeconds)
      CHAT_CONTENT: chatContent
      DEFAULT_LOCALE: defaultLocale
      DEVICE_TTL_DAYS: string(deviceTtlDays)
      DEVICES_PER_USER: string(devicesPerUser)
      DEVICE_API_ISSUER: deviceApiIssuer
      DEVICE_API_AUDIENCE: deviceApiAudience
      DEVICE_API_JWKS_URL: deviceApiJwksUrl
      DEVICE_API_USER_CLAIM: deviceApiUserClaim
      EVENTS_ENTRA_TENANT_ID: eventsEntraTenantId
      EVENTS_ENTRA_AUDIENCE: eventsEntraAudience
      LOG_USER_IDS: logUserIds ? 'true' : 'false'
    }
  }
  // The references to secrets are resolved when the app starts.
  dependsOn: [
    hubs
    secondaryHubs
  ]
}

module communication 'modules/communication.bicep' = if (empty(acsResourceId)) {
  name: 'relay-communication'
  params: {
    name: newAcsName
    tags: tags
    dataLocation: acsDataLocation
  }
}

// In the resource group of the ACS resource, where Event Grid itself would create it.
module systemTopic 'modules/system-topic.bicep' = {
  name: 'relay-system-topic-${token}'
  scope: resourceGroup(acsResourceGroup)
  params: {
    name: empty(systemTopicName) ? 'egst-${token}' : systemTopicName
    tags: tags
    acsId: acsId
  }
  dependsOn: [
    communication
  ]
}

module deadLetterAccess 'modules/dead-letter-access.bicep' = {
  name: 'relay-dead-letter-access'
  params: {
    storageAccountName: storage.outputs.name
    containerName: storage.outputs.deadLetterContainerName
    principalId: systemTopic.outputs.principalId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'relay-alerts'
  params: {
    namePrefix: 'relay-${token}'
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    systemTopicId: systemTopic.outputs.id
    email: alertEmail
    slowRingMs: slowRingMs
  }
}

// azd keeps these as environment variables, which event-subscriptions.bicepparam reads. They must not contain secrets.
output AZURE_FUNCTION_APP_NAME string = functionApp.outputs.name
output AZURE_FUNCTION_APP_ID string = functionApp.outputs.id
output AZURE_FUNCTION_APP_URL string = functionApp.outputs.url
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_STORAGE_ACCOUNT_ID string = storage.outputs.id
output AZURE_DEAD_LETTER_CONTAINER string = storage.outputs.deadLetterContainerName
output AZURE_KEY_VAULT_NAME string = keyVault.outputs.name
output AZURE_ACS_ID string = acsId
output AZURE_SYSTEM_TOPIC_NAME string = systemTopic.outputs.name
output AZURE_SYSTEM_TOPIC_RESOURCE_GROUP string = acsResourceGroup
